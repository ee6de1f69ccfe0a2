package dev.gatehouse.runtime.engine;

import dev.gatehouse.runtime.plan.Plan;
import dev.gatehouse.runtime.plan.Read;
import dev.gatehouse.runtime.plan.Step;
import dev.gatehouse.runtime.plan.TableSpec;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** A plan in the form in which it runs, made once for all its runs. Used by one event loop. */
final class Program {
  private static final int FIRST_ANSWER_BYTES = 1024;

  final Plan plan;
  final Step[] steps;
  final int[] waiting;
  final Step[][] followers;
  final Column[] constants;
  final ReadOp[] wholes;
  final boolean[] soloTables;

  /** How many steps each part waits for; the first part has index 0. */
  final int[] partsWaiting;

  /** The parts that wait for a step, by its index. */
  final int[][] partsBehind;

  /** For which parts a step is there, by its index: steps of one number are there for the same; 0 stands for the first. */
  private final int[] purposes;

  private final Map<Read, ReadOp> reads = new HashMap<>();
  private final Map<Read, int[]> ownColumns = new HashMap<>();
  private int answerBytes = FIRST_ANSWER_BYTES;

  Program(Plan plan) {
    this.plan = plan;
    List<Step> all = plan.steps();
    steps = all.toArray(Step[]::new);
    waiting = all.stream().mapToInt(step -> step.after().size()).toArray();
    followers =
        plan.followers().stream().map(each -> each.toArray(Step[]::new)).toArray(Step[][]::new);
    constants = new Column[plan.columnCount()];
    plan.constants()
        .forEach((column, json) ->
            constants[column] = new Column(new long[] {constantState(json)}, new byte[][] {json}));
    wholes =
        plan.answers().stream().map(answers -> new ReadOp(answers.whole())).toArray(ReadOp[]::new);
    soloTables = new boolean[plan.tables().size()];
    for (Step.Answers answers : plan.answers()) {
      TableSpec table = answers.table();
      soloTables[table.index()] = answers.solo();
    }
    List<Plan.Part> parts = new ArrayList<>();
    parts.add(plan.first());
    parts.addAll(plan.parts());
    partsWaiting = parts.stream().mapToInt(part -> part.after().size()).toArray();
    partsBehind = all.stream()
        .map(step -> IntStream.range(0, parts.size())
            .filter(i -> parts.get(i).after().contains(step))
            .toArray())
        .toArray(int[][]::new);
    purposes = purposes(all, parts);
  }

  /** Whether two steps may share a call, so that no part waits for what only a later one asks for. */
  boolean isForTheSame(Step one, Step other) {
    return purposes[one.index()] == purposes[other.index()];
  }

  /** Whether the first part waits for a step. */
  boolean isForTheFirst(Step step) {
    return purposes[step.index()] == 0;
  }

  private static int[] purposes(List<Step> steps, List<Plan.Part> parts) {
    int[] numbers = new int[steps.size()];
    if (parts.size() == 1) {
      return numbers;
    }
    List<BitSet> needed = new ArrayList<>();
    for (Plan.Part part : parts) {
      BitSet behind = new BitSet();
      part.after().forEach(step -> behind.set(step.index()));
      // Each step stands after those it waits for.
      for (int i = steps.size() - 1; i >= 0; i--) {
        if (behind.get(i)) {
          steps.get(i).after().forEach(before -> behind.set(before.index()));
        }
      }
      needed.add(behind);
    }
    Map<BitSet, Integer> known = new HashMap<>();
    for (int i = 0; i < numbers.length; i++) {
      BitSet of = new BitSet();
      for (int part = 0; part < parts.size(); part++) {
        of.set(part, needed.get(part).get(i));
      }
      numbers[i] = of.get(0) ? 0 : known.computeIfAbsent(of, key -> known.size() + 1);
    }
    return numbers;
  }

  private static long constantState(byte[] json) {
    return json.length == 4 && json[0] == 'n' ? State.ABSENT : State.range(0, json.length);
  }

  ReadOp read(Read read) {
    return reads.computeIfAbsent(read, ReadOp::new);
  }

  int[] ownColumns(Read read) {
    return ownColumns.computeIfAbsent(read, key -> read(key).ownColumns());
  }

  /** How much room to make for an answer: somewhat more than those before needed. */
  int answerBytes() {
    return answerBytes + (answerBytes >> 3);
  }

  /** Learns how long an answer was: follows growth at once and shrinking slowly. */
  void answered(int bytes) {
    answerBytes = bytes > answerBytes ? bytes : answerBytes - (answerBytes - bytes >> 4);
  }
}

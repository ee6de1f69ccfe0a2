package dev.gatehouse.runtime.plan;

import dev.gatehouse.dsl.graph.OperationSpec.Batch;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A plan as text, JSON and a Mermaid picture: stages, calls, batches, bounds. Immutable; the same plan always reads the same. */
public final class Explanation {
  private final Plan plan;
  private final Map<Step, Integer> stages = new HashMap<>();

  Explanation(Plan plan) {
    this.plan = plan;
    for (Step step : plan.steps()) {
      stageOf(step);
    }
  }

  /** A step's stage is the number of calls on the longest way to it, itself included. */
  private int stageOf(Step step) {
    Integer known = stages.get(step);
    if (known != null) {
      return known;
    }
    int stage = 0;
    for (Step before : step.after()) {
      stage = Math.max(stage, stageOf(before));
    }
    if (step instanceof Step.Call) {
      stage++;
    }
    stages.put(step, stage);
    return stage;
  }

  /** The sum of the time limits on the way that takes longest; null where a call on any way states none. */
  private @Nullable Long criticalPathMillis() {
    Map<Step, Long> ends = new HashMap<>();
    long longest = 0;
    for (Step step : inOrder()) {
      long start = step.after().stream()
          .mapToLong(before -> ends.getOrDefault(before, 0L))
          .max()
          .orElse(0);
      long own = 0;
      if (step instanceof Step.Call call) {
        Duration limit = timeout(call);
        if (limit == null) {
          return null;
        }
        own = limit.toMillis();
      }
      ends.put(step, start + own);
      longest = Math.max(longest, start + own);
    }
    return longest;
  }

  private static @Nullable Duration timeout(Step.Call call) {
    Duration own = call.timeout();
    Duration general = call.operation().timeout();
    if (own == null || general == null) {
      return own == null ? general : own;
    }
    return own.compareTo(general) < 0 ? own : general;
  }

  private List<Step> inOrder() {
    List<Step> ordered = new ArrayList<>();
    List<Step> waiting = new ArrayList<>(plan.steps());
    while (!waiting.isEmpty()) {
      Step next = waiting.stream()
          .filter(step -> ordered.containsAll(step.after()))
          .findFirst()
          .orElseThrow();
      ordered.add(next);
      waiting.remove(next);
    }
    return ordered;
  }

  /** Field by field: {@code name, input, output, deadlineMillis, maxCalls, maxRows, criticalPathMillis, stages[]}. */
  public JsonObject json() {
    JsonObject json = new JsonObject()
        .put("name", plan.name())
        .put("input", plan.inputType() == null ? null : plan.inputType().name())
        .put("output", plan.outputType().name())
        .put("selection", selection())
        .put("command", plan.isCommand())
        .put("dependsOnCaller", plan.dependsOnCaller())
        .put("deadlineMillis", plan.deadline() == null ? null : plan.deadline().toMillis())
        .put("maxCalls", bound(plan.maxCalls()))
        .put("maxRows", bound(plan.maxRows()))
        .put("criticalPathMillis", criticalPathMillis());
    JsonArray array = new JsonArray();
    int last = stages.values().stream().mapToInt(Integer::intValue).max().orElse(0);
    for (int stage = 0; stage <= last; stage++) {
      JsonArray steps = new JsonArray();
      for (Step step : inOrder()) {
        if (stageOf(step) == stage) {
          steps.add(json(step));
        }
      }
      array.add(new JsonObject().put("stage", stage).put("steps", steps));
    }
    return json.put("stages", array);
  }

  private @Nullable String selection() {
    Selection selection = plan.selection();
    return selection == null || selection.asText() ? null : text(selection);
  }

  private static String text(Selection selection) {
    List<String> fields = new ArrayList<>();
    for (Selection.Field field : selection.fields()) {
      String name =
          field.key().equals(field.name()) ? field.name() : field.key() + ":" + field.name();
      Selection inner = field.selection();
      fields.add(inner == null || inner.asText() ? name : name + "(" + text(inner) + ")");
    }
    return String.join(",", fields);
  }

  private JsonObject json(Step step) {
    JsonArray after = new JsonArray();
    step.after().stream().map(Step::index).sorted().forEach(index -> after.add("s" + index));
    JsonObject json = new JsonObject()
        .put("id", "s" + step.index())
        .put("kind", kind(step))
        .put("label", label(step))
        .put("scope", step.table().name())
        .put("rows", bound(step.table().maxRows()))
        .put("after", after);
    if (step instanceof Step.Call call) {
      Batch batch = call.operation().batch();
      Duration limit = timeout(call);
      json.put("service", call.operation().service())
          .put("operation", call.operation().name())
          .put("safety", call.operation().safety().name().toLowerCase(java.util.Locale.ROOT))
          .put("calls", bound(Bounds.calls(call)))
          .put("batch", batch == null ? null : batch.atMost())
          .put("timeoutMillis", limit == null ? null : limit.toMillis());
    }
    return json;
  }

  private static @Nullable Long bound(long value) {
    return value == Long.MAX_VALUE ? null : value;
  }

  private static String kind(Step step) {
    if (step instanceof Step.Begin) {
      return "input";
    }
    if (step instanceof Step.Call) {
      return "call";
    }
    if (step instanceof Step.Apply) {
      return "map";
    }
    if (step instanceof Step.Filter) {
      return "when";
    }
    return step instanceof Step.Expand ? "list" : "value";
  }

  private static String label(Step step) {
    if (step instanceof Step.Call call) {
      return call.operation().service() + ": " + call.operation().name();
    }
    if (step instanceof Step.Begin) {
      return "request";
    }
    if (step instanceof Step.Apply apply) {
      return apply.description();
    }
    if (step instanceof Step.Filter filter) {
      return switch (filter.test()) {
        case TRUE -> "where true";
        case MISSING -> "where missing";
        case CASE -> "where of its case";
      };
    }
    if (step instanceof Step.Expand) {
      return "each " + step.table().name();
    }
    if (step instanceof Step.Limit) {
      return "first";
    }
    return step instanceof Step.Materialise ? "as JSON" : "or else";
  }

  /** For a terminal, a log or a golden file. */
  public String text() {
    StringBuilder text = new StringBuilder(plan.name()).append('(');
    text.append(plan.inputType() == null ? "" : plan.inputType().name()).append(") -> ");
    text.append(plan.outputType().name()).append('\n');
    if (plan.selection() != null) {
      text.append("  selection      ").append(selection()).append('\n');
    }
    text.append("  deadline       ").append(millis(plan.deadline())).append('\n');
    Long critical = criticalPathMillis();
    text.append("  critical path  ")
        .append(critical == null ? "unbounded" : critical + " ms")
        .append('\n');
    text.append("  calls at most  ").append(count(plan.maxCalls())).append('\n');
    text.append("  rows at most   ").append(count(plan.maxRows())).append('\n');
    int shown = -1;
    List<Step> ordered = new ArrayList<>(inOrder());
    ordered.sort(java.util.Comparator.comparingInt(this::stageOf));
    for (Step step : ordered) {
      if (stageOf(step) != shown) {
        shown = stageOf(step);
        text.append("stage ").append(shown).append('\n');
      }
      text.append("  s").append(step.index()).append("  ").append(label(step));
      if (step instanceof Step.Call call) {
        text.append("  [").append(call.table().name()).append(", at most ");
        text.append(count(Bounds.calls(call))).append(Bounds.calls(call) == 1 ? " call" : " calls");
        if (call.operation().batch() != null) {
          text.append(" of ").append(call.operation().batch().atMost());
        }
        text.append(", ").append(millis(timeout(call))).append(']');
      }
      if (!step.after().isEmpty()) {
        text.append("  after");
        step.after().stream()
            .map(Step::index)
            .sorted()
            .forEach(index -> text.append(" s").append(index));
      }
      text.append('\n');
    }
    return text.toString();
  }

  private static String millis(@Nullable Duration duration) {
    return duration == null ? "default" : duration.toMillis() + " ms";
  }

  private static String count(long bound) {
    return bound == Long.MAX_VALUE ? "unbounded" : Long.toString(bound);
  }

  /** A flow chart in the Mermaid language: calls as boxes, conditions as diamonds, an arrow where one waits for another. */
  public String mermaid() {
    StringBuilder text = new StringBuilder("flowchart LR\n");
    for (Step step : plan.steps()) {
      String label =
          label(step).replace("\"", "#quot;").replace("{", "#123;").replace("}", "#125;");
      String[] shape = step instanceof Step.Call
          ? new String[] {"[\"", "\"]"}
          : step instanceof Step.Filter
              ? new String[] {"{\"", "\"}"}
              : new String[] {"([\"", "\"])"};
      String rows = step instanceof Step.Call call
          ? "<br/>at most " + count(Bounds.calls(call)) + " × " + call.table().name()
          : "";
      text.append("  s")
          .append(step.index())
          .append(shape[0])
          .append(label)
          .append(rows)
          .append(shape[1])
          .append('\n');
    }
    text.append("  answer([\"").append(plan.outputType().name()).append("\"])\n");
    for (Step step : plan.steps()) {
      step.after().stream()
          .map(Step::index)
          .sorted()
          .forEach(index -> text.append("  s")
              .append(index)
              .append(" --> s")
              .append(step.index())
              .append('\n'));
      if (plan.followers().get(step.index()).isEmpty()) {
        text.append("  s").append(step.index()).append(" --> answer\n");
      }
    }
    return text.toString();
  }
}

package dev.gatehouse.runtime.mesh.balance;

import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.random.RandomGenerator;

/** Each in turn, those with more weight more often. Begins anywhere, so that many processes do not call the same one first. */
final class Turns implements Chooser {
  private final Candidates candidates;
  private final RoundRobin even = new RoundRobin();
  /** Earliest deadline first; used where weights differ. */
  private final PriorityQueue<Turn> queue;

  private long number;

  private static final class Turn {
    private final Instance instance;
    private double due;
    private long number;

    Turn(Instance instance, double due) {
      this.instance = instance;
      this.due = due;
    }
  }

  Turns(Candidates candidates, RandomGenerator random) {
    this.candidates = candidates;
    this.queue = new PriorityQueue<>(
        Comparator.<Turn>comparingDouble(turn -> turn.due).thenComparingLong(turn -> turn.number));
    if (candidates.weighted()) {
      for (int i = 0; i < candidates.size(); i++) {
        Instance instance = candidates.get(i);
        queue.add(new Turn(instance, random.nextDouble() / instance.weight()));
      }
    } else {
      even.begin(random.nextInt(candidates.size()));
    }
  }

  @Override
  public Instance choose(long now) {
    Turn next = queue.poll();
    if (next == null) {
      return candidates.get(even.select(candidates.size()));
    }
    next.due += 1.0 / next.instance.weight();
    next.number = number++;
    queue.add(next);
    return next.instance;
  }
}

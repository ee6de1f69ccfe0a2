package dev.gatehouse.runtime.mesh.balance;

import java.util.random.RandomGenerator;

/** Of two at random, the one that costs less: nearly as good as looking at all of them, and without herds. */
final class TwoChoices implements Chooser {
  private final Candidates candidates;
  private final RandomGenerator random;
  private final Cost cost;
  private final long slowStartNanos;

  /** What one more call to an instance costs it. */
  @FunctionalInterface
  interface Cost {
    /** The calls under way, this one included. */
    Cost REQUESTS = (instance, now) -> instance.active + 1;
    /** How long they will take. */
    Cost LATENCY = (instance, now) -> instance.latency.at(now) * (instance.active + 1);

    double of(Instance instance, long now);
  }

  TwoChoices(Candidates candidates, RandomGenerator random, Cost cost, long slowStartNanos) {
    this.candidates = candidates;
    this.random = random;
    this.cost = cost;
    this.slowStartNanos = slowStartNanos;
  }

  @Override
  public Instance choose(long now) {
    int first = candidates.draw(random);
    if (candidates.size() == 1) {
      return candidates.get(first);
    }
    int second = candidates.draw(random);
    if (second == first) {
      second = first + 1 < candidates.size() ? first + 1 : 0;
    }
    Instance one = candidates.get(first);
    Instance other = candidates.get(second);
    return cost(one, now) <= cost(other, now) ? one : other;
  }

  private double cost(Instance instance, long now) {
    return cost.of(instance, now) / instance.pace(slowStartNanos, now);
  }
}

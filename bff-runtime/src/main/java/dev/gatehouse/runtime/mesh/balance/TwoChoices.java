package dev.gatehouse.runtime.mesh.balance;

import java.util.random.RandomGenerator;

/** Of two at random, the one that costs less: nearly as good as looking at all of them, and without herds. */
final class TwoChoices implements Chooser {
  private static final int DRAWS = 8;

  private final Candidates candidates;
  private final RandomGenerator random;
  private final Cost cost;

  /** By what two instances are compared. */
  enum Cost {
    /** The calls under way, after their weights. */
    REQUESTS,
    /** How long they will take. */
    LATENCY
  }

  TwoChoices(Candidates candidates, RandomGenerator random, Cost cost) {
    this.candidates = candidates;
    this.random = random;
    this.cost = cost;
  }

  @Override
  public Instance choose(long now) {
    int first = candidates.draw(random);
    int second = other(first);
    Instance one = candidates.get(first);
    if (second == first) {
      return one;
    }
    Instance other = candidates.get(second);
    return cost(one, now) <= cost(other, now) ? one : other;
  }

  /** Another one; by weight, the same where it has so much of it that others hardly count. */
  private int other(int first) {
    int count = candidates.size();
    if (count > 1 && !candidates.weighted()) {
      int step = random.nextInt(count - 1);
      return step < first ? step : step + 1;
    }
    int second = first;
    for (int i = 0; i < DRAWS && second == first && count > 1; i++) {
      second = candidates.draw(random);
    }
    return second;
  }

  /** Idle instances cost the same, whatever their weights: these have had their say when the two were drawn. */
  private double cost(Instance instance, long now) {
    double calls = candidates.load(instance) + 1;
    return cost == Cost.LATENCY ? calls * instance.latency(now) : calls;
  }
}

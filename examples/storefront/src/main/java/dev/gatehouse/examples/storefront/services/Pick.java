package dev.gatehouse.examples.storefront.services;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** Chance that repeats itself: begun with the same number, it picks the same data on every machine. */
final class Pick {
  private final Random random;

  Pick(long beginning) {
    random = new Random(beginning);
  }

  /** From {@code least} to {@code most}, both included. */
  int between(int least, int most) {
    return least + random.nextInt(most - least + 1);
  }

  /** True {@code percent} times in a hundred. */
  boolean inPercent(int percent) {
    return random.nextInt(100) < percent;
  }

  <T> T oneOf(List<T> choices) {
    return choices.get(random.nextInt(choices.size()));
  }

  /** So many different ones, in any order. */
  <T> List<T> some(int count, List<T> choices) {
    return List.copyOf(shuffled(choices).subList(0, count));
  }

  <T> List<T> shuffled(List<T> values) {
    List<T> copy = new ArrayList<>(values);
    Collections.shuffle(copy, random);
    return copy;
  }
}

package dev.gatehouse.benchmarks;

import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The middle of some figures: one disturbed round does not move it. */
final class Median {
  private Median() {}

  /** The middle one, or the mean of the two middle ones. Null where there is none; what has no figure does not count. */
  static <T> @Nullable Double of(List<T> items, Function<T, @Nullable Double> figure) {
    List<Double> sorted =
        items.stream().map(figure).filter(Objects::nonNull).sorted().toList();
    int size = sorted.size();
    if (size == 0) {
      return null;
    }
    return (sorted.get((size - 1) / 2) + sorted.get(size / 2)) / 2;
  }
}

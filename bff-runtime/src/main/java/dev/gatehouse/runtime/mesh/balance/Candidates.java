package dev.gatehouse.runtime.mesh.balance;

import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Instances of which any may be called right now. Drawing one by weight costs the same however many there are. */
final class Candidates {
  static final Candidates NONE = new Candidates(List.of());

  private final Instance[] all;
  private final boolean weighted;
  private final double meanWeight;
  private @Nullable Columns columns;

  /**
   * Walker's alias method, as Vose built it (1991).
   *
   * @param keep the chance with which a column stands for its own instance
   * @param alias for which it stands otherwise
   */
  private record Columns(double[] keep, int[] alias) {}

  Candidates(List<Instance> instances) {
    this.all = instances.toArray(Instance[]::new);
    boolean differ = false;
    double total = 0;
    for (Instance one : all) {
      differ |= one.weight() != all[0].weight();
      total += one.weight();
    }
    this.weighted = differ;
    this.meanWeight = total / Math.max(1, all.length);
  }

  int size() {
    return all.length;
  }

  Instance get(int index) {
    return all[index];
  }

  boolean weighted() {
    return weighted;
  }

  /** The calls under way at an instance, as if it had the weight of the mean. */
  double load(Instance instance) {
    return weighted
        ? instance.active * meanWeight / Math.max(1, instance.weight())
        : instance.active;
  }

  /** The index of one, by weight; there must be at least one. */
  int draw(RandomGenerator random) {
    int column = random.nextInt(all.length);
    if (!weighted) {
      return column;
    }
    Columns known = columns;
    if (known == null) {
      known = columns();
      columns = known;
    }
    return random.nextDouble() < known.keep()[column] ? column : known.alias()[column];
  }

  private Columns columns() {
    int count = all.length;
    double[] scaled = new double[count];
    int[] small = new int[count];
    int[] large = new int[count];
    int smalls = 0;
    int larges = 0;
    for (int i = 0; i < count; i++) {
      scaled[i] = all[i].weight() / meanWeight;
      if (scaled[i] < 1) {
        small[smalls++] = i;
      } else {
        large[larges++] = i;
      }
    }
    double[] kept = new double[count];
    int[] others = new int[count];
    while (smalls > 0 && larges > 0) {
      int low = small[--smalls];
      int high = large[--larges];
      kept[low] = scaled[low];
      others[low] = high;
      scaled[high] -= 1 - scaled[low];
      if (scaled[high] < 1) {
        small[smalls++] = high;
      } else {
        large[larges++] = high;
      }
    }
    while (larges > 0) {
      kept[large[--larges]] = 1;
    }
    while (smalls > 0) {
      kept[small[--smalls]] = 1; // what rounding has left
    }
    return new Columns(kept, others);
  }
}

package dev.gatehouse.runtime.mesh.balance;

import java.util.List;

/** A table that instances fill by turns, each in an order of its own, so that each has nearly its exact share. */
final class MaglevTable implements HashTable {
  /** A prime a hundred times larger than the number of instances, as the paper advises, for up to 655 of them. */
  private static final int SMALL = 65_537;
  /** For more. */
  private static final int LARGE = 655_373;

  private final Instance[] entries;

  MaglevTable(List<Instance> instances) {
    int size = instances.size() * 100 <= SMALL ? SMALL : LARGE;
    int count = instances.size();
    long[] next = new long[count];
    long[] skip = new long[count];
    double[] due = new double[count];
    double heaviest = 0;
    for (int i = 0; i < count; i++) {
      Instance one = instances.get(i);
      next[i] = Long.remainderUnsigned(one.hash(), size);
      skip[i] = Long.remainderUnsigned(Hashing.mix(one.hash() + 1), size - 1) + 1;
      heaviest = Math.max(heaviest, one.weight());
    }
    entries = new Instance[size];
    int filled = 0;
    while (filled < size) {
      for (int i = 0; i < count && filled < size; i++) {
        Instance one = instances.get(i);
        // Those with less weight sit out the turns that they lack.
        due[i] += one.weight() / heaviest;
        if (due[i] < 1) {
          continue;
        }
        due[i] -= 1;
        while (entries[(int) next[i]] != null) {
          next[i] = (next[i] + skip[i]) % size;
        }
        entries[(int) next[i]] = one;
        filled++;
      }
    }
  }

  @Override
  public int find(long hash) {
    return (int) Long.remainderUnsigned(hash, entries.length);
  }

  @Override
  public Instance at(int position) {
    return entries[position % entries.length];
  }

  @Override
  public int size() {
    return entries.length;
  }
}

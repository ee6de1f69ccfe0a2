package dev.gatehouse.runtime.mesh.balance;

import java.util.Arrays;
import java.util.List;

/** A ring on which each instance has places after its weight, and a key belongs to the next place. */
final class HashRing implements HashTable {
  /** Together; shares then differ by some per cent. */
  private static final int LEAST_PLACES = 1024;

  private static final int MOST_PLACES = 1 << 20;
  private static final int PLACES_PER_INSTANCE = 100;

  private final long[] hashes;
  /** By a hash's highest bits, the first place that could be its own: hashes are spread evenly, so the place is there or near. */
  private final int[] starts;

  private final int shift;
  private final Instance[] owners;

  HashRing(List<Instance> instances) {
    double total = 0;
    for (Instance one : instances) {
      total += one.weight();
    }
    int wanted =
        Math.min(MOST_PLACES, Math.max(LEAST_PLACES, instances.size() * PLACES_PER_INSTANCE));
    Place[] places = new Place[wanted + instances.size()];
    int count = 0;
    for (Instance one : instances) {
      int share = (int) Math.max(1, Math.round(one.weight() * wanted / total));
      for (int i = 0; i < share && count < places.length; i++) {
        places[count++] = new Place(Hashing.mix(one.hash() + i * 0x9e3779b97f4a7c15L), one);
      }
    }
    Arrays.sort(places, 0, count, (a, b) -> Long.compareUnsigned(a.hash(), b.hash()));
    hashes = new long[count];
    owners = new Instance[count];
    for (int i = 0; i < count; i++) {
      hashes[i] = places[i].hash();
      owners[i] = places[i].owner();
    }
    int bits = 32 - Integer.numberOfLeadingZeros(count);
    shift = Long.SIZE - bits;
    starts = new int[1 << bits];
    int place = 0;
    for (int i = 0; i < starts.length; i++) {
      while (place < count && hashes[place] >>> shift < i) {
        place++;
      }
      starts[i] = place;
    }
  }

  private record Place(long hash, Instance owner) {}

  @Override
  public int find(long hash) {
    int place = starts[(int) (hash >>> shift)];
    while (place < hashes.length && Long.compareUnsigned(hashes[place], hash) < 0) {
      place++;
    }
    return place == hashes.length ? 0 : place;
  }

  @Override
  public Instance at(int position) {
    return owners[position % owners.length];
  }

  @Override
  public int size() {
    return owners.length;
  }
}

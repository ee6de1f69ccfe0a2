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
  }

  private record Place(long hash, Instance owner) {}

  @Override
  public int find(long hash) {
    int low = 0;
    int high = hashes.length;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (Long.compareUnsigned(hashes[middle], hash) < 0) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low == hashes.length ? 0 : low;
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

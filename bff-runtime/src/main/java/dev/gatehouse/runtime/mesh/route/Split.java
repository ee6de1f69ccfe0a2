package dev.gatehouse.runtime.mesh.route;

import dev.gatehouse.runtime.policy.RoutePolicy.Side;
import dev.gatehouse.runtime.policy.RoutePolicy.Sticky;
import dev.gatehouse.runtime.policy.RoutePolicy.Target;
import dev.gatehouse.runtime.upstream.RequestOrigin;
import java.util.List;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Chooses a side for each call. Where calls stick, by weighted rendezvous hashing (Schindelhauer and Schomaker, 2005): whether a key is on
 * one of two sides depends on their weights alone, so a change of weights moves keys only to sides whose share grows.
 */
final class Split {
  private final double[] weights;
  private final long[] hashes;
  private final double sum;
  private final @Nullable Sticky sticky;

  /**
   * @param service whose calls they are; callers are not spread alike for all services
   */
  Split(String service, List<Side> sides, @Nullable Sticky sticky) {
    this.sticky = sticky;
    this.weights = sides.stream().mapToDouble(Side::weight).toArray();
    this.hashes = sides.stream()
        .mapToLong(side -> hash(service + ' ' + id(side.target())))
        .toArray();
    double all = 0;
    for (double weight : weights) {
      all += weight;
    }
    this.sum = all;
  }

  /** What a side is, in whatever place it stands. */
  private static String id(Target target) {
    return target.service()
        + ' '
        + new TreeMap<>(target.subset())
        + ' '
        + target.host()
        + ' '
        + target.path();
  }

  /** The number of a side. */
  int choose(RequestOrigin origin, RandomGenerator random) {
    if (weights.length == 1) {
      return 0;
    }
    String key = sticky == null ? null : key(sticky, origin);
    return key == null ? byChance(random) : byKey(hash(key));
  }

  private static @Nullable String key(Sticky sticky, RequestOrigin origin) {
    return switch (sticky.by()) {
      case CALLER -> origin.subject();
      case HEADER -> origin.header(sticky.name());
      case COOKIE -> origin.cookie(sticky.name());
    };
  }

  private int byChance(RandomGenerator random) {
    double point = random.nextDouble() * sum;
    int last = 0;
    for (int i = 0; i < weights.length; i++) {
      if (weights[i] > 0) {
        last = i;
        point -= weights[i];
        if (point < 0) {
          return i;
        }
      }
    }
    return last; // rounding
  }

  private int byKey(long key) {
    int best = 0;
    double least = Double.POSITIVE_INFINITY;
    for (int i = 0; i < weights.length; i++) {
      if (weights[i] > 0) {
        double uniform = ((mix(key ^ hashes[i]) >>> 11) + 0.5) * 0x1p-53;
        double score = -Math.log(uniform) / weights[i];
        if (score < least) {
          least = score;
          best = i;
        }
      }
    }
    return best;
  }

  /** FNV-1a, mixed. */
  private static long hash(String text) {
    long hash = 0xcbf29ce484222325L;
    for (int i = 0; i < text.length(); i++) {
      hash = (hash ^ text.charAt(i)) * 0x100000001b3L;
    }
    return mix(hash);
  }

  /** The finalizer of SplitMix64 (Steele, Lea and Flood, 2014). */
  private static long mix(long value) {
    long mixed = (value ^ (value >>> 30)) * 0xbf58476d1ce4e5b9L;
    mixed = (mixed ^ (mixed >>> 27)) * 0x94d049bb133111ebL;
    return mixed ^ (mixed >>> 31);
  }
}

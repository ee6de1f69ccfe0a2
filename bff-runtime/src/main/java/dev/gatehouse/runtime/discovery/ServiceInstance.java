package dev.gatehouse.runtime.discovery;

import java.util.Map;

/**
 * One running instance of a service: where it is, and what its source tells about it. Immutable.
 *
 * @param endpoint its address, which identifies it within its service
 * @param weight its share of the calls, relative to the other instances; 0 to 1000000, where 0 is for none
 * @param zone where it runs, such as {@code eu-west-1a}; empty where unknown
 * @param labels such as {@code version=v2}, by which subsets are chosen
 * @param state whether it takes calls
 */
public record ServiceInstance(
    Endpoint endpoint, int weight, String zone, Map<String, String> labels, State state) {
  /** The most that a weight may be. */
  public static final int MAX_WEIGHT = 1_000_000;

  /** What the source says about an instance. */
  public enum State {
    /** It takes calls. */
    READY,
    /** It is going away: it finishes what it has, and is called only where no other instance is left. */
    DRAINING,
    /** It takes no calls. */
    NOT_READY
  }

  public ServiceInstance {
    labels = Map.copyOf(labels);
    if (weight < 0 || weight > MAX_WEIGHT) {
      throw new IllegalArgumentException(
          endpoint + ": weight " + weight + " (expected: 0 to " + MAX_WEIGHT + ")");
    }
  }

  /** An instance of which nothing but its address is known: weight 1, ready. */
  public static ServiceInstance at(Endpoint endpoint) {
    return new ServiceInstance(endpoint, 1, "", Map.of(), State.READY);
  }
}

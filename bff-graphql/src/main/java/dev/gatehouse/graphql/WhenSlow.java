package dev.gatehouse.graphql;

import org.jspecify.annotations.Nullable;

/**
 * What becomes of events that a subscription's reader is too slow for. Whatever it is, only so many wait, and only as many bytes as
 * {@code graphql.subscriptions.buffer-bytes} says. Immutable.
 *
 * <p>Where a field says nothing, its source is paused, as by {@link #pause()}.
 */
public final class WhenSlow {
  private final Policy policy;
  private final @Nullable Integer most;

  enum Policy {
    DROP_OLDEST,
    CLOSE,
    PAUSE
  }

  private WhenSlow(Policy policy, @Nullable Integer most) {
    this.policy = policy;
    this.most = most;
  }

  /**
   * Gives up those that have waited longest.
   *
   * @param waiting how many may wait; 1 to 10000
   */
  public static WhenSlow dropOldest(int waiting) {
    return new WhenSlow(Policy.DROP_OLDEST, waiting);
  }

  /** Gives up all but the last one: for values of which only the present one is of interest. */
  public static WhenSlow latestOnly() {
    return new WhenSlow(Policy.DROP_OLDEST, 1);
  }

  /** Ends the subscription with the error {@code TOO_SLOW} once as many wait as {@code graphql.subscriptions.buffer} says. */
  public static WhenSlow close() {
    return new WhenSlow(Policy.CLOSE, null);
  }

  /**
   * Lets the source wait once as many events wait as {@code graphql.subscriptions.buffer} says: services are no longer read from,
   * publishers no longer asked. The event bus cannot wait; there it is as {@link #close()}.
   */
  public static WhenSlow pause() {
    return new WhenSlow(Policy.PAUSE, null);
  }

  Policy policy() {
    return policy;
  }

  /** How many may wait; null for what is configured. */
  @Nullable Integer most() {
    return most;
  }

  @Override
  public String toString() {
    return policy + (most == null ? "" : "(" + most + ")");
  }
}

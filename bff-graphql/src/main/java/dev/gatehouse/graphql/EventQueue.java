package dev.gatehouse.graphql;

import dev.gatehouse.graphql.WhenSlow.Policy;
import dev.gatehouse.runtime.config.SubscriptionSettings;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/** The events of one subscription that wait for its reader: never more than so many, or so many bytes. Confined to one event loop. */
final class EventQueue {
  private final Policy policy;
  private final int most;
  private final int mostBytes;
  private final Runnable givenUp;
  private final Deque<byte[]> waiting = new ArrayDeque<>();
  private long bytes;

  /** What became of an event. */
  enum Added {
    /** It waits. */
    WAITS,
    /** It waits, and the source should give no more for now. */
    FULL,
    /** There is no room for it, and none is to be made. */
    REFUSED
  }

  /**
   * @param slow null where the field says nothing
   * @param configured what may wait where the field does not say
   * @param givenUp run for each event that nobody will be told
   */
  EventQueue(@Nullable WhenSlow slow, SubscriptionSettings configured, Runnable givenUp) {
    this.policy = slow == null ? Policy.PAUSE : slow.policy();
    Integer own = slow == null ? null : slow.most();
    this.most = own == null ? configured.buffer() : own;
    this.mostBytes = configured.bufferBytes();
    this.givenUp = givenUp;
  }

  Added add(byte[] event) {
    if (!hasRoom() && policy != Policy.DROP_OLDEST) {
      givenUp.run();
      return Added.REFUSED;
    }
    while (!hasRoom()) {
      poll();
      givenUp.run();
    }
    waiting.add(event);
    bytes += event.length;
    return policy == Policy.PAUSE && !hasRoom() ? Added.FULL : Added.WAITS;
  }

  byte @Nullable [] poll() {
    byte[] event = waiting.poll();
    bytes -= event == null ? 0 : event.length;
    return event;
  }

  boolean isEmpty() {
    return waiting.isEmpty();
  }

  /** Whether another event may wait, however large: the source bounds it. */
  boolean hasRoom() {
    return waiting.size() < most && bytes < mostBytes;
  }

  void clear() {
    waiting.clear();
    bytes = 0;
  }
}

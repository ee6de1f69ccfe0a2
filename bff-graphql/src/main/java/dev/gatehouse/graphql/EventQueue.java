package dev.gatehouse.graphql;

import dev.gatehouse.graphql.WhenSlow.Policy;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/** The events of one subscription that wait for its reader: never more than so many. Confined to one event loop. */
final class EventQueue {
  private final Policy policy;
  private final int most;
  private final Deque<byte[]> waiting = new ArrayDeque<>();

  /** What became of an event. */
  enum Added {
    /** It waits. */
    WAITS,
    /** It waits, and the source should give no more for now. */
    FULL,
    /** It waits in place of the oldest, which is given up. */
    DROPPED,
    /** There is no room for it, and none is to be made. */
    REFUSED
  }

  /**
   * @param slow null where the field says nothing
   * @param configured how many may wait where the field does not say
   */
  EventQueue(@Nullable WhenSlow slow, int configured) {
    this.policy = slow == null ? Policy.PAUSE : slow.policy();
    Integer own = slow == null ? null : slow.most();
    this.most = own == null ? configured : own;
  }

  Added add(byte[] event) {
    boolean full = waiting.size() >= most;
    if (full && policy != Policy.DROP_OLDEST) {
      return Added.REFUSED;
    }
    if (full) {
      waiting.remove();
    }
    waiting.add(event);
    if (full) {
      return Added.DROPPED;
    }
    return policy == Policy.PAUSE && waiting.size() >= most ? Added.FULL : Added.WAITS;
  }

  byte @Nullable [] poll() {
    return waiting.poll();
  }

  boolean isEmpty() {
    return waiting.isEmpty();
  }

  boolean hasRoom() {
    return waiting.size() < most;
  }

  void clear() {
    waiting.clear();
  }
}

package dev.gatehouse.benchmarks.spliced;

import java.util.ArrayDeque;

/**
 * Ends calls that take too long. All calls here have the same time, so that the queue is in the order of their deadlines
 * and one coarse tick serves them all; a timer per call would be the dearest part of it. Used by one event loop.
 */
final class Deadlines {
  /** How late a call may be ended. */
  static final int TICK_MILLIS = 50;

  private final int ticksAllowed;
  private final ArrayDeque<Call> calls = new ArrayDeque<>();
  private long now;

  Deadlines(int timeoutMillis) {
    ticksAllowed = timeoutMillis / TICK_MILLIS;
  }

  void add(Call call) {
    call.deadline = now + ticksAllowed;
    calls.addLast(call);
  }

  /** To be called every {@link #TICK_MILLIS}. */
  void tick() {
    now++;
    for (Call call = calls.peekFirst(); call != null; call = calls.peekFirst()) {
      if (!call.isDone() && call.deadline >= now) {
        return;
      }
      calls.removeFirst();
      call.fail();
    }
  }
}

package dev.gatehouse.runtime.time;

import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.internal.ContextInternal;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A hashed timer wheel for deadlines that are set often and rarely pass. Scheduling and cancelling take constant time and
 * allocate nothing; one Vert.x timer serves all entries and is armed only while there are some.
 *
 * <p>An entry never expires early, and at most about 5 ms late where the event loop is free. Where the loop was held up, what
 * arrived on its sockets meanwhile is read before anything expires.
 *
 * <p>Confined to the event loop it was made on; entries expire on it.
 */
public final class TimerWheel {
  private static final int TICK_SHIFT = 22; // 2^22 ns = 4.2 ms
  private static final int SLOTS = 1024;
  private static final int MASK = SLOTS - 1;
  private static final int IDLE = -1;
  private static final int DUE = SLOTS;
  private static final long STALLED = 10; // ticks
  private static final long NEVER = Long.MAX_VALUE;
  private static final long NANOS_PER_MILLI = TimeUnit.MILLISECONDS.toNanos(1);

  private final ContextInternal context;
  private final long origin = System.nanoTime();
  /** First entry of each slot, and of those that are due and not yet told. */
  private final @Nullable Entry[] heads = new @Nullable Entry[SLOTS + 1];
  /** One bit per slot: whether it holds an entry. */
  private final long[] occupied = new long[SLOTS / Long.SIZE];

  private long cursor; // the last tick whose slot was looked at
  private long armedTick = NEVER;
  private long timer;
  private int size;
  private boolean letOthersFirst;
  private boolean closed;

  /** Something that waits for a deadline; belongs to one wheel and can be scheduled again and again. */
  public abstract static class Entry {
    private @Nullable Entry previous;
    private @Nullable Entry next;
    private int slot = IDLE;
    private long tick;

    /** Called once the deadline has passed, on the event loop. */
    protected abstract void expired();

    /** Whether it waits for its deadline. */
    protected final boolean isScheduled() {
      return slot != IDLE;
    }
  }

  /**
   * Makes a wheel for the current event loop.
   *
   * @throws IllegalStateException where the caller is not on an event loop
   */
  public TimerWheel(Vertx vertx) {
    Context current = Vertx.currentContext();
    if (current == null || !current.isEventLoopContext()) {
      throw new IllegalStateException("timer wheel: made on thread "
          + Thread.currentThread().getName() + " (expected: an event loop)");
    }
    this.context = ((ContextInternal) current).unwrap();
  }

  /**
   * Makes {@code entry} expire once {@code deadlineNanos} has passed, and never before this method has returned. Replaces the
   * deadline of an entry that is scheduled already. Ignored once the wheel is closed.
   *
   * @param deadlineNanos on the clock of {@link System#nanoTime()}
   */
  public void schedule(Entry entry, long deadlineNanos) {
    if (closed) {
      return;
    }
    cancel(entry);
    if (size++ == 0) {
      cursor = tickOf(System.nanoTime());
    }
    entry.tick = Math.max(tickOf(deadlineNanos), cursor) + 1;
    link(entry, (int) entry.tick & MASK);
    if (entry.tick < armedTick) {
      arm(System.nanoTime());
    }
  }

  /** Makes an entry wait no longer; harmless where it does not. */
  public void cancel(Entry entry) {
    if (entry.slot != IDLE) {
      unlink(entry);
      size--;
    }
  }

  /** How many entries wait. */
  public int size() {
    return size;
  }

  /** Drops all entries without telling them. */
  public void close() {
    closed = true;
    disarm();
    for (int slot = 0; slot <= DUE; slot++) {
      for (Entry entry = heads[slot]; entry != null; entry = heads[slot]) {
        cancel(entry);
      }
    }
  }

  /** Ticks since the wheel was made, rounded down: an entry waits in the slot after its deadline's, so it is never early. */
  private long tickOf(long nanos) {
    return (nanos - origin) >> TICK_SHIFT;
  }

  private void fired() {
    long now = tickOf(System.nanoTime());
    if (now - armedTick > STALLED && !letOthersFirst) {
      // The loop was held up. What arrived meanwhile is read first, so that an answer in time is
      // not taken for none.
      letOthersFirst = true;
      timer = context.setTimer(1, id -> fired());
      return;
    }
    letOthersFirst = false;
    armedTick = NEVER;
    for (long tick = nextOccupied(); tick <= now; tick = nextOccupied()) {
      cursor = tick;
      collectDue(now, (int) tick & MASK);
      for (Entry entry = heads[DUE]; entry != null; entry = heads[DUE]) {
        cancel(entry);
        tell(entry);
      }
    }
    cursor = Math.max(cursor, now);
    if (!closed) {
      arm(System.nanoTime());
    }
  }

  /** Moves what is due out of its slot first, because those that are told may schedule and cancel others. */
  private void collectDue(long now, int slot) {
    Entry entry = heads[slot];
    while (entry != null) {
      Entry following = entry.next;
      if (entry.tick <= now) {
        unlink(entry);
        link(entry, DUE);
      }
      entry = following;
    }
  }

  private void tell(Entry entry) {
    try {
      entry.expired();
    } catch (RuntimeException e) {
      context.reportException(e); // one entry's failure is not the others'
    }
  }

  /** The first tick after the cursor whose slot holds an entry, which may be one of a later round. */
  private long nextOccupied() {
    int from = (int) (cursor + 1) & MASK;
    long bits = occupied[from >> 6] >>> from;
    if (bits != 0) {
      return cursor + 1 + Long.numberOfTrailingZeros(bits);
    }
    int distance = Long.SIZE - (from & 63);
    for (int word = 1; word <= occupied.length; word++, distance += Long.SIZE) {
      bits = occupied[((from >> 6) + word) % occupied.length];
      if (bits != 0) {
        return cursor + 1 + distance + Long.numberOfTrailingZeros(bits);
      }
    }
    return NEVER;
  }

  private void arm(long now) {
    long tick = nextOccupied();
    if (tick >= armedTick) {
      return;
    }
    disarm();
    armedTick = tick;
    long nanos = origin + (tick << TICK_SHIFT) - now;
    timer = context.setTimer(
        Math.max(1, (nanos + NANOS_PER_MILLI - 1) / NANOS_PER_MILLI), id -> fired());
  }

  private void disarm() {
    if (armedTick != NEVER) {
      context.owner().cancelTimer(timer);
      armedTick = NEVER;
    }
  }

  private void link(Entry entry, int slot) {
    Entry head = heads[slot];
    entry.slot = slot;
    entry.next = head;
    if (head == null) {
      mark(slot, true);
    } else {
      head.previous = entry;
    }
    heads[slot] = entry;
  }

  private void unlink(Entry entry) {
    Entry before = entry.previous;
    Entry after = entry.next;
    if (after != null) {
      after.previous = before;
    }
    if (before != null) {
      before.next = after;
    } else {
      heads[entry.slot] = after;
      if (after == null) {
        mark(entry.slot, false);
      }
    }
    entry.previous = null;
    entry.next = null;
    entry.slot = IDLE;
  }

  private void mark(int slot, boolean holds) {
    if (slot < DUE) {
      long bit = 1L << slot;
      occupied[slot >> 6] = holds ? occupied[slot >> 6] | bit : occupied[slot >> 6] & ~bit;
    }
  }
}

package dev.gatehouse.runtime.engine;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Which inputs of an operation were asked for in this run, so that none is asked for twice. */
final class AnswerKeys {
  private final Map<String, Entry> entries = new HashMap<>();

  /** One input. */
  static final class Entry {
    private static final int PENDING = Integer.MAX_VALUE;

    final String key;
    private int state = PENDING;
    private List<Runnable> waiting = List.of();

    Entry(String key) {
      this.key = key;
    }

    boolean isPending() {
      return state == PENDING;
    }

    /** The row of the answer, or why there is none. */
    int state() {
      return state;
    }

    void await(Runnable then) {
      if (waiting.isEmpty()) {
        waiting = new ArrayList<>(2);
      }
      waiting.add(then);
    }

    /** Sets the row, and tells those who wait; the first time only. */
    void resolve(int newState) {
      if (isPending()) {
        state = newState;
        List<Runnable> told = waiting;
        waiting = List.of();
        told.forEach(Runnable::run);
      }
    }
  }

  /** The entry of a key; null where it was not asked for. */
  @Nullable Entry get(String key) {
    return entries.get(key);
  }

  Entry add(String key) {
    Entry entry = new Entry(key);
    entries.put(key, entry);
    return entry;
  }
}

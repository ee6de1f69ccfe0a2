package dev.gatehouse.graphql.internal.operation;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** One {@code @defer} or {@code @stream} that is in force where an operation selects fields of one type. Immutable; has identity. */
public final class DeferUsage {
  private final @Nullable String label;
  private final @Nullable DeferUsage parent;
  private final int depth;
  private final int initialCount;

  /** The rest of a list that so many fields lead to, after so many elements. */
  static DeferUsage ofStream(@Nullable String label, int depth, int initialCount) {
    return new DeferUsage(label, null, depth, initialCount);
  }

  /**
   * @param parent the one that it stands in; null for none
   * @param depth how many fields lead from the root to the object it belongs to
   */
  DeferUsage(@Nullable String label, @Nullable DeferUsage parent, int depth) {
    this(label, parent, depth, -1);
  }

  private DeferUsage(
      @Nullable String label, @Nullable DeferUsage parent, int depth, int initialCount) {
    this.label = label;
    this.parent = parent;
    this.depth = depth;
    this.initialCount = initialCount;
  }

  /** For the rest of a list, how many elements are before it; -1 for a fragment. */
  public int initialCount() {
    return initialCount;
  }

  /** What the client calls it; null for nothing. */
  public @Nullable String label() {
    return label;
  }

  /** The one that it stands in, before which it does not come; null for none. */
  public @Nullable DeferUsage parent() {
    return parent;
  }

  /**
   * The path of its own object.
   *
   * @param path from the root, of something deferred with it
   */
  public List<Object> pathIn(List<Object> path) {
    int keys = 0;
    int end = 0;
    while (end < path.size() && (keys < depth || path.get(end) instanceof Integer)) {
      keys += path.get(end++) instanceof Integer ? 0 : 1;
    }
    return path.subList(0, end);
  }

  boolean isWithin(DeferUsage other) {
    for (DeferUsage outer = parent; outer != null; outer = outer.parent) {
      if (outer == other) {
        return true;
      }
    }
    return false;
  }
}

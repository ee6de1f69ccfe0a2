package dev.gatehouse.dsl.graph;

import org.jspecify.annotations.Nullable;

/**
 * A region of a graph whose nodes have one value per row. The root has exactly one row; every other scope's rows hang on rows of
 * its parent. Scopes have identity: two scopes are equal only when they are the same.
 */
public final class Scope {

  /** How a scope comes by its rows. */
  public enum Kind {
    /** One row: the composite itself. */
    ROOT,
    /** One row per element of the list value {@link Scope#over()}. */
    EACH,
    /** A parent row whose {@link Scope#over()}, a boolean, is true; rows with false, absent or failed have none. */
    WHEN,
    /** A parent row whose {@link Scope#over()} is absent or failed. */
    RESCUE,
    /** A parent row whose {@link Scope#over()}, a union, is of the case {@link Scope#tag()}. */
    CASE
  }

  private final int id;
  private final Kind kind;
  private final @Nullable Scope parent;
  private final @Nullable Node over;
  private final int atMost;
  private final @Nullable String tag;

  /**
   * Used by the DSL.
   *
   * @param id unique in its graph; the root is 0, and a parent's is smaller than its children's
   * @param atMost for {@link Kind#EACH}: the most elements a list may have; {@link Integer#MAX_VALUE} where unbounded; else 1
   */
  public Scope(
      int id,
      Kind kind,
      @Nullable Scope parent,
      @Nullable Node over,
      int atMost,
      @Nullable String tag) {
    this.id = id;
    this.kind = kind;
    this.parent = parent;
    this.over = over;
    this.atMost = atMost;
    this.tag = tag;
  }

  /** Unique in its graph; the root is 0. */
  public int id() {
    return id;
  }

  public Kind kind() {
    return kind;
  }

  /** Null for the root only. */
  public @Nullable Scope parent() {
    return parent;
  }

  /** The value, in the parent scope, that decides the rows; null for the root only. */
  public @Nullable Node over() {
    return over;
  }

  /** The most rows one parent row can have. */
  public int atMost() {
    return atMost;
  }

  /** The case's tag, for {@link Kind#CASE} only. */
  public @Nullable String tag() {
    return tag;
  }

  /** Whether values of this scope may be used in {@code inner}: it is the same scope or lies inside. */
  public boolean encloses(Scope inner) {
    for (Scope scope = inner; scope != null; scope = scope.parent) {
      if (scope == this) {
        return true;
      }
    }
    return false;
  }

  @Override
  public String toString() {
    return kind + "#" + id;
  }
}

package dev.gatehouse.graphql.internal.operation;

import graphql.language.Field;
import graphql.language.SelectionSet;
import org.jspecify.annotations.Nullable;

/**
 * A field as a selection set selects it.
 *
 * @param usage with what it is deferred; null where it is not
 */
record Collected(Field field, @Nullable DeferUsage usage) {

  /** What is selected below a field, or at the top. */
  record Below(SelectionSet set, @Nullable DeferUsage usage) {}
}

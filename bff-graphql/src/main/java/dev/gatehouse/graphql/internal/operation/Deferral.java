package dev.gatehouse.graphql.internal.operation;

import java.util.List;
import java.util.Set;

/**
 * What of an operation is deferred. Immutable.
 *
 * @param roots for each root field, what it is deferred with itself; nothing for those of the first part
 * @param parts for each root field, what its plan's parts are deferred with: the part with number 1 first
 */
public record Deferral(List<Set<DeferUsage>> roots, List<List<Set<DeferUsage>>> parts) {
  public Deferral {
    roots = List.copyOf(roots);
    parts = List.copyOf(parts);
  }
}

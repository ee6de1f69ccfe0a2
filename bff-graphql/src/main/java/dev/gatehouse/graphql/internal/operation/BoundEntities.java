package dev.gatehouse.graphql.internal.operation;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * One {@code _entities} field of a request, ready to be run. Immutable.
 *
 * @param count how many representations there are
 * @param batches those that can be answered
 * @param faults what is wrong with the others, by position
 */
public record BoundEntities(
    CompiledRoot.Entities root, int count, List<EntityBatch> batches, Map<Integer, String> faults) {
  public BoundEntities {
    batches = List.copyOf(batches);
    faults = new TreeMap<>(faults);
  }
}

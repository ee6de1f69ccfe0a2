package dev.gatehouse.graphql.internal.operation;

import dev.gatehouse.graphql.internal.answer.ErrorCode;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * One {@code _entities} field of a request, ready to be run. Immutable.
 *
 * @param count how many representations there are
 * @param batches those that can be answered
 * @param faults why the others cannot, by position
 */
public record BoundEntities(
    CompiledRoot.Entities root, int count, List<EntityBatch> batches, Map<Integer, Fault> faults) {

  /** Why a representation is not answered. */
  public record Fault(ErrorCode code, String message) {}

  public BoundEntities {
    batches = List.copyOf(batches);
    faults = new TreeMap<>(faults);
  }
}

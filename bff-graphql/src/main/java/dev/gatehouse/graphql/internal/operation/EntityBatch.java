package dev.gatehouse.graphql.internal.operation;

import dev.gatehouse.graphql.internal.operation.CompiledRoot.Planned;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Representations of one type and key, answered by one run. Immutable.
 *
 * @param planned a plan over a list of them
 * @param json the list of keys
 * @param arguments of the selected fields, by slot
 * @param positions where each of them stands among all representations
 */
public record EntityBatch(
    Planned planned, byte[] json, List<byte @Nullable []> arguments, List<Integer> positions) {
  public EntityBatch {
    positions = List.copyOf(positions);
  }
}

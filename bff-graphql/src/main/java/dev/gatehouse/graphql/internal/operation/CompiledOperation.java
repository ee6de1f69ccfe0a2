package dev.gatehouse.graphql.internal.operation;

import dev.gatehouse.graphql.internal.schema.RootKind;
import graphql.language.Document;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An operation that can be run again and again. Immutable.
 *
 * @param roots in the order of the answer
 * @param introspection the part of it that asks for the schema; null where none does
 * @param deferral what of it follows the first part of the answer; null where nothing does
 */
public record CompiledOperation(
    RootKind kind,
    List<CompiledRoot> roots,
    @Nullable Document introspection,
    @Nullable Deferral deferral,
    Cost cost) {
  public CompiledOperation {
    roots = List.copyOf(roots);
  }

  public boolean mutation() {
    return kind == RootKind.MUTATION;
  }
}

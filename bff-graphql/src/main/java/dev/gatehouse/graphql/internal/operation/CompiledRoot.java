package dev.gatehouse.graphql.internal.operation;

import dev.gatehouse.graphql.internal.schema.OpenField;
import dev.gatehouse.runtime.plan.Plan;
import java.util.List;

/** A field at the top of an operation, compiled. Immutable. */
public sealed interface CompiledRoot {

  /** Its name in the answer. */
  String key();

  /** Answered by a plan. */
  record Planned(String key, OpenField field, Plan plan, BoundInput input, Placed placed)
      implements CompiledRoot {}

  /**
   * The objects of a subgraph that a gateway asks for by their keys.
   *
   * @param representations the field's argument
   * @param types what is selected of each type, with one of its keys
   */
  record Entities(
      String key, ArgumentValues representations, List<SelectedEntity> types, Placed placed)
      implements CompiledRoot {
    public Entities {
      types = List.copyOf(types);
    }
  }

  /** The schema of a subgraph, as far as it is selected: always the same JSON. */
  record Service(String key, byte[] json, Placed placed) implements CompiledRoot {}

  /** The name of the root type. */
  record TypeName(String key, String type) implements CompiledRoot {}

  /** Answered by graphql-java, from the schema. */
  record Introspection(String key) implements CompiledRoot {}
}

package dev.gatehouse.graphql.internal.operation;

import dev.gatehouse.graphql.internal.schema.OpenField;
import dev.gatehouse.runtime.plan.Plan;

/** A field at the top of an operation, compiled. Immutable. */
public sealed interface CompiledRoot {

  /** Its name in the answer. */
  String key();

  /** Answered by a plan. */
  record Planned(String key, OpenField field, Plan plan, BoundInput input, Placed placed)
      implements CompiledRoot {}

  /** The name of the root type. */
  record TypeName(String key, String type) implements CompiledRoot {}

  /** Answered by graphql-java, from the schema. */
  record Introspection(String key) implements CompiledRoot {}
}

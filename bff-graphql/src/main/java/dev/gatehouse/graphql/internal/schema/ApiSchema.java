package dev.gatehouse.graphql.internal.schema;

import dev.gatehouse.dsl.graph.Node.ArgumentSpec;
import graphql.schema.GraphQLSchema;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A schema and what its fields stand for. Immutable. */
public final class ApiSchema {
  private final GraphQLSchema schema;
  private final Map<String, OpenField> queries;
  private final Map<String, OpenField> mutations;
  private final FieldArguments arguments;

  ApiSchema(
      GraphQLSchema schema,
      Map<String, OpenField> queries,
      Map<String, OpenField> mutations,
      FieldArguments arguments) {
    this.schema = schema;
    this.queries = Map.copyOf(queries);
    this.mutations = Map.copyOf(mutations);
    this.arguments = arguments;
  }

  public GraphQLSchema schema() {
    return schema;
  }

  /** The root field of that name; null for one of introspection. */
  public @Nullable OpenField root(boolean mutation, String name) {
    return (mutation ? mutations : queries).get(name);
  }

  /** The arguments that a field of an object type takes. */
  public List<ArgumentSpec> arguments(String type, String field) {
    return arguments.of(type, field);
  }
}

package dev.gatehouse.graphql.internal.schema;

import dev.gatehouse.dsl.contract.DataType;
import dev.gatehouse.dsl.contract.DataType.RecordType;
import dev.gatehouse.dsl.graph.Node.ArgumentSpec;
import graphql.schema.GraphQLSchema;
import java.lang.reflect.Type;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A schema and what its fields stand for. Immutable. */
public final class ApiSchema {
  private final GraphQLSchema schema;
  private final Map<RootKind, Map<String, OpenField>> roots;
  private final FieldArguments arguments;
  private final Map<Type, String> objects;
  private final Set<Type> integerIds;
  private final List<OpenEntity> entities;
  private final String text;

  ApiSchema(
      GraphQLSchema schema,
      Map<RootKind, Map<String, OpenField>> roots,
      FieldArguments arguments,
      Map<Type, String> objects,
      Set<Type> integerIds,
      List<OpenEntity> entities,
      String text) {
    this.schema = schema;
    this.roots = Map.copyOf(roots);
    this.arguments = arguments;
    this.objects = Map.copyOf(objects);
    this.integerIds = Set.copyOf(integerIds);
    this.entities = List.copyOf(entities);
    this.text = text;
  }

  public GraphQLSchema schema() {
    return schema;
  }

  /** The same with the directives of incremental delivery. */
  public ApiSchema incremental() {
    return new ApiSchema(
        IncrementalDirectives.addTo(schema), roots, arguments, objects, integerIds, entities, text);
  }

  /** The schema in the schema definition language, as its users are given it. */
  public String text() {
    return text;
  }

  /** The types of a subgraph with their keys, in the order written. */
  public List<OpenEntity> entities() {
    return entities;
  }

  /** The root field of that name; null for one of introspection. */
  public @Nullable OpenField root(RootKind kind, String name) {
    return roots.getOrDefault(kind, Map.of()).get(name);
  }

  /** The arguments that a field of an object type takes. */
  public List<ArgumentSpec> arguments(RecordType type, String field) {
    return arguments.of(type, field);
  }

  /** Whether a type is an {@code ID}, and so answered as text, but an integer in its contract. */
  public boolean isIntegerId(DataType type) {
    return integerIds.contains(type.javaType());
  }

  /** What the object type of a record is called. */
  public String nameOf(RecordType type) {
    return Objects.requireNonNull(
        objects.get(type.javaType()), "every record that is answered has an object type");
  }
}

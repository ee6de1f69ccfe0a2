package dev.gatehouse.graphql.internal.schema;

import dev.gatehouse.graphql.internal.input.JsonCoercing;
import graphql.Scalars;
import graphql.schema.GraphQLArgument;
import graphql.schema.GraphQLCodeRegistry;
import graphql.schema.GraphQLFieldDefinition;
import graphql.schema.GraphQLList;
import graphql.schema.GraphQLNamedType;
import graphql.schema.GraphQLNonNull;
import graphql.schema.GraphQLObjectType;
import graphql.schema.GraphQLScalarType;
import graphql.schema.GraphQLTypeReference;
import graphql.schema.GraphQLUnionType;
import graphql.schema.TypeResolver;
import java.util.Set;

/** What every subgraph has besides its own types (Apollo Federation, "Subgraph specification"). */
public final class Subgraphs {
  /** The root field that answers objects by their keys. */
  public static final String ENTITIES = "_entities";

  /** The argument of {@link #ENTITIES}. */
  public static final String REPRESENTATIONS = "representations";

  /** The root field that answers the schema. */
  public static final String SERVICE = "_service";

  /** The type of {@link #SERVICE}, and its only field. */
  public static final String SERVICE_TYPE = "_Service";

  public static final String SDL = "sdl";

  static final String ENTITY = "_Entity";
  static final String ANY = "_Any";

  private Subgraphs() {}

  static void add(
      Set<String> entities,
      GraphQLObjectType.Builder query,
      Set<GraphQLNamedType> types,
      GraphQLCodeRegistry.Builder code,
      TypeResolver resolver) {
    query.field(GraphQLFieldDefinition.newFieldDefinition()
        .name(SERVICE)
        .type(GraphQLNonNull.nonNull(GraphQLObjectType.newObject()
            .name(SERVICE_TYPE)
            .field(GraphQLFieldDefinition.newFieldDefinition()
                .name(SDL)
                .type(GraphQLNonNull.nonNull(Scalars.GraphQLString)))
            .build())));
    if (entities.isEmpty()) {
      return;
    }
    GraphQLUnionType.Builder entity = GraphQLUnionType.newUnionType().name(ENTITY);
    entities.forEach(type -> entity.possibleType(GraphQLTypeReference.typeRef(type)));
    GraphQLUnionType union = entity.build();
    GraphQLScalarType any = GraphQLScalarType.newScalar()
        .name(ANY)
        .description("An object of a subgraph: its type name and a key.")
        .coercing(new JsonCoercing())
        .build();
    types.add(union);
    code.typeResolver(union, resolver);
    query.field(GraphQLFieldDefinition.newFieldDefinition()
        .name(ENTITIES)
        .argument(GraphQLArgument.newArgument()
            .name(REPRESENTATIONS)
            .type(GraphQLNonNull.nonNull(GraphQLList.list(GraphQLNonNull.nonNull(any)))))
        .type(GraphQLNonNull.nonNull(GraphQLList.list(GraphQLTypeReference.typeRef(ENTITY)))));
  }
}

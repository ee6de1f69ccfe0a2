package dev.gatehouse.graphql.internal.schema;

import graphql.Directives;
import graphql.Scalars;
import graphql.introspection.Introspection.DirectiveLocation;
import graphql.schema.GraphQLArgument;
import graphql.schema.GraphQLDirective;
import graphql.schema.GraphQLNonNull;
import graphql.schema.GraphQLSchema;

/** The directives of incremental delivery, as its working draft defines them. */
final class IncrementalDirectives {
  private static final GraphQLDirective STREAM = GraphQLDirective.newDirective()
      .name("stream")
      .description("What of the list takes longer may follow its first elements.")
      .argument(GraphQLArgument.newArgument()
          .name("if")
          .description("Whether the directive is followed.")
          .type(GraphQLNonNull.nonNull(Scalars.GraphQLBoolean))
          .defaultValueProgrammatic(true))
      .argument(GraphQLArgument.newArgument()
          .name("label")
          .description("What the rest is called where it is announced; unique in the document.")
          .type(Scalars.GraphQLString))
      .argument(GraphQLArgument.newArgument()
          .name("initialCount")
          .description("How many elements are in the first part.")
          .type(GraphQLNonNull.nonNull(Scalars.GraphQLInt))
          .defaultValueProgrammatic(0))
      .validLocations(DirectiveLocation.FIELD)
      .build();

  private IncrementalDirectives() {}

  static GraphQLSchema addTo(GraphQLSchema schema) {
    return schema.transform(builder -> {
      if (schema.getDirective(Directives.DeferDirective.getName()) == null) {
        builder.additionalDirective(Directives.DeferDirective);
      }
      builder.additionalDirective(STREAM);
    });
  }
}

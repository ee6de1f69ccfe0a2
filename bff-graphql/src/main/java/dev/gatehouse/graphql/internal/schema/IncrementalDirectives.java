package dev.gatehouse.graphql.internal.schema;

import graphql.Scalars;
import graphql.introspection.Introspection.DirectiveLocation;
import graphql.schema.GraphQLArgument;
import graphql.schema.GraphQLDirective;
import graphql.schema.GraphQLNonNull;
import graphql.schema.GraphQLSchema;

/** The directives of incremental delivery, as its working draft defines them. */
final class IncrementalDirectives {
  private static final String DEFER = "defer";

  private IncrementalDirectives() {}

  static GraphQLSchema addTo(GraphQLSchema schema) {
    return schema.getDirective(DEFER) != null
        ? schema
        : schema.transform(builder -> builder.additionalDirective(defer()));
  }

  private static GraphQLDirective defer() {
    return GraphQLDirective.newDirective()
        .name(DEFER)
        .description("What of the fragment takes longer may follow the rest of the answer.")
        .argument(condition())
        .argument(label())
        .validLocations(DirectiveLocation.FRAGMENT_SPREAD, DirectiveLocation.INLINE_FRAGMENT)
        .build();
  }

  private static GraphQLArgument condition() {
    return GraphQLArgument.newArgument()
        .name("if")
        .description("Whether the directive is followed.")
        .type(GraphQLNonNull.nonNull(Scalars.GraphQLBoolean))
        .defaultValueProgrammatic(true)
        .build();
  }

  private static GraphQLArgument label() {
    return GraphQLArgument.newArgument()
        .name("label")
        .description("What the part is called where it is announced; unique in the document.")
        .type(Scalars.GraphQLString)
        .build();
  }
}

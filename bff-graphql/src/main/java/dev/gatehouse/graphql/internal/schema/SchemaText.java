package dev.gatehouse.graphql.internal.schema;

import graphql.schema.GraphQLArgument;
import graphql.schema.GraphQLEnumValueDefinition;
import graphql.schema.GraphQLFieldDefinition;
import graphql.schema.GraphQLInputObjectField;
import graphql.schema.GraphQLSchema;
import graphql.schema.GraphQLSchemaElement;
import graphql.schema.GraphqlTypeComparatorEnvironment;
import graphql.schema.GraphqlTypeComparatorRegistry;
import graphql.schema.idl.SchemaPrinter;
import graphql.schema.idl.SchemaPrinter.Options;
import java.util.Comparator;
import java.util.Set;

/** A schema in the schema definition language: types by name, what is in them as it was declared. */
public final class SchemaText {
  private SchemaText() {}

  public static String of(GraphQLSchema schema) {
    Options options = Options.defaultOptions()
        .includeScalarTypes(true)
        .includeSchemaDefinition(false)
        .includeDirectiveDefinitions(false)
        .includeDirectives(true)
        .setComparators(new Order());
    return new SchemaPrinter(options).print(schema).strip() + "\n";
  }

  /** What is in a type stands as it was declared; everything else by name. */
  private static final class Order implements GraphqlTypeComparatorRegistry {
    private static final Set<Class<?>> DECLARED = Set.of(
        GraphQLFieldDefinition.class,
        GraphQLArgument.class,
        GraphQLInputObjectField.class,
        GraphQLEnumValueDefinition.class);

    @Override
    public <T extends GraphQLSchemaElement> Comparator<? super T> getComparator(
        GraphqlTypeComparatorEnvironment environment) {
      Class<?> element = environment.getElementType(); // null for the types themselves
      return element != null && DECLARED.contains(element)
          ? AS_IS_REGISTRY.getComparator(environment)
          : BY_NAME_REGISTRY.getComparator(environment);
    }
  }
}

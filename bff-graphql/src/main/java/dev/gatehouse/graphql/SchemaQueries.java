package dev.gatehouse.graphql;

import graphql.ExecutionInput;
import graphql.ExecutionResult;
import graphql.GraphQL;
import graphql.execution.CoercedVariables;
import graphql.execution.preparsed.PreparsedDocumentEntry;
import graphql.language.Document;
import graphql.schema.GraphQLSchema;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Answers what operations ask of the schema itself. graphql-java does that well, and nobody waits for it in production. */
final class SchemaQueries {
  private static final String NOT_READ = "{ __typename }";

  private final GraphQLSchema schema;

  SchemaQueries(GraphQLSchema schema) {
    this.schema = schema;
  }

  /**
   * The answers by response key.
   *
   * @param document valid, which includes that it asks in good faith; nothing but introspection at its top
   * @throws IllegalStateException where there is none all the same
   */
  Map<String, @Nullable Object> answer(Document document, CoercedVariables variables) {
    GraphQL graphql = GraphQL.newGraphQL(schema)
        .preparsedDocumentProvider((input, parse) ->
            CompletableFuture.completedFuture(new PreparsedDocumentEntry(document)))
        .build();
    ExecutionResult result = graphql.execute(ExecutionInput.newExecutionInput()
        .query(NOT_READ)
        .variables(variables.toMap())
        .build());
    Map<String, @Nullable Object> data = result.getData();
    if (data == null || !result.getErrors().isEmpty()) {
      throw new IllegalStateException("introspection failed: " + result.getErrors());
    }
    return data;
  }
}

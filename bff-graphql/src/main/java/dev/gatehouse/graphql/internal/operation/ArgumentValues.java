package dev.gatehouse.graphql.internal.operation;

import dev.gatehouse.graphql.internal.answer.ErrorCode;
import dev.gatehouse.graphql.internal.answer.GraphqlError;
import dev.gatehouse.graphql.internal.answer.RequestRefused;
import graphql.GraphQLContext;
import graphql.GraphQLError;
import graphql.GraphQLException;
import graphql.execution.CoercedVariables;
import graphql.execution.ValuesResolver;
import graphql.language.Argument;
import graphql.language.Field;
import graphql.language.Node;
import graphql.language.VariableReference;
import graphql.schema.GraphQLArgument;
import graphql.schema.GraphQLCodeRegistry;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The arguments of one field, coerced by graphql-java's rules: once where no variable is in them, else for each request. */
final class ArgumentValues {
  private final GraphQLCodeRegistry code;
  private final List<GraphQLArgument> declared;
  private final Field field;
  private final boolean constant;

  ArgumentValues(GraphQLCodeRegistry code, List<GraphQLArgument> declared, Field field) {
    this.code = code;
    this.declared = declared;
    this.field = field;
    this.constant = !usesVariable(field.getArguments());
  }

  /** Whether no variable is in them. */
  boolean isConstant() {
    return constant;
  }

  Field field() {
    return field;
  }

  /**
   * The values by name; what is not given and has no default is left out.
   *
   * @throws RequestRefused where one cannot be coerced
   */
  Map<String, @Nullable Object> values(CoercedVariables variables) {
    if (declared.isEmpty()) {
      return Map.of();
    }
    try {
      return ValuesResolver.getArgumentValues(
          code,
          declared,
          field.getArguments(),
          variables,
          GraphQLContext.getDefault(),
          Locale.ENGLISH);
    } catch (GraphQLException e) {
      throw refused(e, field);
    }
  }

  /** A value that does not fit, as the client is told. */
  static RequestRefused refused(GraphQLException e, @Nullable Node<?> at) {
    String message = e instanceof GraphQLError error ? error.getMessage() : e.getMessage();
    GraphqlError told = GraphqlError.of(
        ErrorCode.BAD_USER_INPUT, message == null ? ErrorCode.BAD_USER_INPUT.message() : message);
    return new RequestRefused(List.of(
        at == null || at.getSourceLocation() == null
            ? told
            : told.at(List.of(at.getSourceLocation()))));
  }

  private static boolean usesVariable(List<Argument> arguments) {
    Deque<Node<?>> open = new ArrayDeque<>(arguments);
    while (!open.isEmpty()) {
      Node<?> node = open.pop();
      if (node instanceof VariableReference) {
        return true;
      }
      for (Node<?> child : node.getChildren()) {
        open.push(child);
      }
    }
    return false;
  }
}

package dev.gatehouse.graphql.internal.schema;

import graphql.language.OperationDefinition.Operation;
import java.util.Locale;

/** The kinds of operations, and of the fields at their top. */
public enum RootKind {
  QUERY("Query"),
  MUTATION("Mutation"),
  SUBSCRIPTION("Subscription");

  private final String type;

  RootKind(String type) {
    this.type = type;
  }

  public static RootKind of(Operation operation) {
    return switch (operation) {
      case QUERY -> QUERY;
      case MUTATION -> MUTATION;
      case SUBSCRIPTION -> SUBSCRIPTION;
    };
  }

  /** The name of the root type. */
  public String type() {
    return type;
  }

  /** What operations of it are called, such as {@code query}. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}

package dev.gatehouse.graphql.internal.operation;

import dev.gatehouse.runtime.door.Nearest;
import graphql.language.Argument;
import graphql.language.Document;
import graphql.language.Field;
import graphql.language.FragmentDefinition;
import graphql.language.InlineFragment;
import graphql.language.Node;
import graphql.language.OperationDefinition;
import graphql.language.Selection;
import graphql.language.SelectionSet;
import graphql.language.SourceLocation;
import graphql.language.TypeName;
import graphql.schema.GraphQLArgument;
import graphql.schema.GraphQLFieldDefinition;
import graphql.schema.GraphQLFieldsContainer;
import graphql.schema.GraphQLNamedSchemaElement;
import graphql.schema.GraphQLSchema;
import graphql.schema.GraphQLType;
import graphql.schema.GraphQLTypeUtil;
import graphql.validation.ValidationError;
import graphql.validation.ValidationErrorType;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What whoever wrote a document that is not valid probably meant. They tell names of the schema, and so are for development only.
 * Used once.
 */
final class Suggestions {
  private final GraphQLSchema schema;
  private final Map<SourceLocation, String> nearest = new HashMap<>();
  private final Deque<Open> open = new ArrayDeque<>();

  /** Selections of a type; null where the type is unknown. */
  private record Open(SelectionSet set, @Nullable GraphQLType type) {}

  Suggestions(GraphQLSchema schema, Document document) {
    this.schema = schema;
    document
        .getDefinitionsOfType(OperationDefinition.class)
        .forEach(operation -> push(
            operation.getSelectionSet(),
            switch (operation.getOperation()) {
              case QUERY -> schema.getQueryType();
              case MUTATION -> schema.getMutationType();
              case SUBSCRIPTION -> schema.getSubscriptionType();
            }));
    document
        .getDefinitionsOfType(FragmentDefinition.class)
        .forEach(fragment -> push(
            fragment.getSelectionSet(),
            schema.getType(fragment.getTypeCondition().getName())));
    while (!open.isEmpty()) {
      Open next = open.pop();
      next.set().getSelections().forEach(selection -> look(selection, next.type()));
    }
    lookAtTypes(document);
  }

  /** The end of an error's message: a question, or nothing. */
  String after(ValidationError error) {
    List<SourceLocation> locations = error.getLocations();
    boolean isOfName = error.getValidationErrorType() == ValidationErrorType.FieldUndefined
        || error.getValidationErrorType() == ValidationErrorType.UnknownArgument
        || error.getValidationErrorType() == ValidationErrorType.UnknownType;
    String meant = !isOfName || locations == null || locations.isEmpty()
        ? null
        : nearest.get(locations.get(0));
    return meant == null ? "" : ". Did you mean '" + meant + "'?";
  }

  private void push(@Nullable SelectionSet set, @Nullable GraphQLType type) {
    if (set != null) {
      open.push(new Open(set, type));
    }
  }

  private void look(Selection<?> selection, @Nullable GraphQLType type) {
    if (selection instanceof Field field) {
      look(field, type);
    } else if (selection instanceof InlineFragment fragment) {
      TypeName condition = fragment.getTypeCondition();
      push(
          fragment.getSelectionSet(),
          condition == null ? type : schema.getType(condition.getName()));
    }
  }

  private void look(Field field, @Nullable GraphQLType type) {
    GraphQLFieldDefinition definition = type instanceof GraphQLFieldsContainer container
        ? container.getFieldDefinition(field.getName())
        : null;
    if (definition != null) {
      List<String> arguments =
          definition.getArguments().stream().map(GraphQLArgument::getName).toList();
      for (Argument argument : field.getArguments()) {
        note(argument, argument.getName(), arguments);
      }
      push(field.getSelectionSet(), GraphQLTypeUtil.unwrapAll(definition.getType()));
    } else {
      if (type instanceof GraphQLFieldsContainer container && !field.getName().startsWith("__")) {
        note(
            field,
            field.getName(),
            container.getFieldDefinitions().stream()
                .map(GraphQLFieldDefinition::getName)
                .toList());
      }
      push(field.getSelectionSet(), null);
    }
  }

  private void lookAtTypes(Document document) {
    List<String> names = schema.getAllTypesAsList().stream()
        .map(GraphQLNamedSchemaElement::getName)
        .filter(name -> !name.startsWith("__"))
        .toList();
    Deque<Node<?>> nodes = new ArrayDeque<>();
    nodes.push(document);
    while (!nodes.isEmpty()) {
      Node<?> node = nodes.pop();
      if (node instanceof TypeName type && schema.getType(type.getName()) == null) {
        note(type, type.getName(), names);
      }
      for (Node<?> child : node.getChildren()) {
        nodes.push(child);
      }
    }
  }

  private void note(Node<?> at, String wrong, Collection<String> known) {
    String meant = known.contains(wrong) ? null : Nearest.to(wrong, known);
    if (meant != null && at.getSourceLocation() != null) {
      nearest.put(at.getSourceLocation(), meant);
    }
  }
}

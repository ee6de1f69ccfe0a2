package dev.gatehouse.graphql.internal.operation;

import dev.gatehouse.graphql.internal.answer.ErrorCode;
import dev.gatehouse.graphql.internal.answer.GraphqlError;
import graphql.language.Argument;
import graphql.language.BooleanValue;
import graphql.language.Directive;
import graphql.language.DirectivesContainer;
import graphql.language.Document;
import graphql.language.Field;
import graphql.language.FragmentDefinition;
import graphql.language.FragmentSpread;
import graphql.language.InlineFragment;
import graphql.language.Node;
import graphql.language.OperationDefinition;
import graphql.language.OperationDefinition.Operation;
import graphql.language.Selection;
import graphql.language.SelectionSet;
import graphql.language.SourceLocation;
import graphql.language.StringValue;
import graphql.language.Value;
import graphql.language.VariableReference;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What the working draft on incremental delivery demands of a document beyond what its directives' definitions say: labels are
 * unique, and known before the request; nothing at the root of a mutation is deferred, and nothing of a subscription. Used once.
 */
final class IncrementalRules {
  private static final Set<String> DIRECTIVES = Set.of("defer", "stream");

  private final Map<String, FragmentDefinition> fragments;
  private final boolean on;
  private final List<GraphqlError> errors = new ArrayList<>();
  private final Set<String> labels = new HashSet<>();

  private IncrementalRules(Map<String, FragmentDefinition> fragments, boolean on) {
    this.fragments = fragments;
    this.on = on;
  }

  /**
   * What is wrong with a document that is valid otherwise.
   *
   * @param on whether there are such directives; graphql-java knows one of them always
   */
  static List<GraphqlError> check(
      Document document, Map<String, FragmentDefinition> fragments, boolean on) {
    IncrementalRules rules = new IncrementalRules(fragments, on);
    if (rules.checkLabels(document)) {
      for (OperationDefinition operation :
          document.getDefinitionsOfType(OperationDefinition.class)) {
        if (operation.getOperation() != Operation.QUERY) {
          boolean subscribes = operation.getOperation() == Operation.SUBSCRIPTION;
          rules.checkRoot(operation.getSelectionSet(), subscribes, new HashSet<>());
        }
      }
    }
    return rules.errors;
  }

  /** Checks all labels, without recursion; whether there is any directive at all. */
  private boolean checkLabels(Document document) {
    boolean found = false;
    Deque<Node<?>> open = new ArrayDeque<>();
    open.push(document);
    while (!open.isEmpty()) {
      Node<?> node = open.pop();
      if (node instanceof Directive directive && DIRECTIVES.contains(directive.getName())) {
        found = true;
        if (on) {
          checkLabel(directive);
        } else {
          report(directive, "is off (expected: none, as this API answers in one piece)");
        }
      }
      for (Node<?> child : node.getChildren()) {
        open.push(child);
      }
    }
    return found;
  }

  private void checkLabel(Directive directive) {
    Argument label = directive.getArgument("label");
    Value<?> value = label == null ? null : label.getValue();
    if (value instanceof VariableReference) {
      report(directive, "has a variable as its label (expected: a string)");
    } else if (value instanceof StringValue text && !labels.add(text.getValue())) {
      report(directive, "has the label of another (expected: one that is unique in the document)");
    }
  }

  private void checkRoot(SelectionSet set, boolean subscribes, Set<String> seen) {
    for (Selection<?> selection : set.getSelections()) {
      for (Directive directive : ((DirectivesContainer<?>) selection).getDirectives()) {
        if (DIRECTIVES.contains(directive.getName()) && !(subscribes && canBeOff(directive))) {
          report(
              directive,
              subscribes
                  ? "is in a subscription (expected: none there)"
                  : "is at the root of a mutation (expected: none there, but below its fields)");
        }
      }
      if (selection instanceof InlineFragment fragment) {
        checkRoot(fragment.getSelectionSet(), subscribes, seen);
      } else if (selection instanceof FragmentSpread spread) {
        FragmentDefinition fragment = fragments.get(spread.getName());
        if (fragment != null && seen.add(spread.getName())) {
          checkRoot(fragment.getSelectionSet(), subscribes, seen);
        }
      } else if (subscribes
          && selection instanceof Field field
          && field.getSelectionSet() != null) {
        checkRoot(field.getSelectionSet(), true, seen);
      }
    }
  }

  private static boolean canBeOff(Directive directive) {
    Argument condition = directive.getArgument("if");
    return condition != null
        && (condition.getValue() instanceof VariableReference
            || condition.getValue() instanceof BooleanValue value && !value.isValue());
  }

  private void report(Directive directive, String problem) {
    SourceLocation location = directive.getSourceLocation();
    errors.add(GraphqlError.of(
            ErrorCode.GRAPHQL_VALIDATION_FAILED, "@" + directive.getName() + " " + problem + ".")
        .at(location == null ? List.of() : List.of(location)));
  }
}

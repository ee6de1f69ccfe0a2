package dev.gatehouse.graphql.internal.operation;

import dev.gatehouse.graphql.internal.answer.ErrorCode;
import dev.gatehouse.graphql.internal.answer.GraphqlError;
import dev.gatehouse.graphql.internal.answer.RequestRefused;
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
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A subscription has exactly one field at its top, which is none of introspection and stands under no condition, whatever fragments
 * it comes from (specification of September 2025, section 5.2.4.1). Used once for each subscription.
 */
final class SubscriptionRule {
  private final Map<String, FragmentDefinition> fragments;
  private final Set<String> keys = new LinkedHashSet<>();
  private final Set<String> spread = new HashSet<>();

  private SubscriptionRule(Map<String, FragmentDefinition> fragments) {
    this.fragments = fragments;
  }

  /**
   * Checks every subscription of a document that is valid otherwise.
   *
   * @throws RequestRefused where one breaks the rule
   */
  static void check(Document document, Map<String, FragmentDefinition> fragments) {
    for (OperationDefinition operation : document.getDefinitionsOfType(OperationDefinition.class)) {
      if (operation.getOperation() == Operation.SUBSCRIPTION) {
        SubscriptionRule rule = new SubscriptionRule(fragments);
        rule.collect(operation.getSelectionSet());
        if (rule.keys.size() != 1) {
          throw refused(
              operation,
              "A subscription selects " + rule.keys.size()
                  + " fields at its top (expected: one). Send several subscriptions.");
        }
      }
    }
  }

  private void collect(SelectionSet set) {
    for (Selection<?> selection : set.getSelections()) {
      DirectivesContainer<?> conditional = (DirectivesContainer<?>) selection;
      if (conditional.hasDirective("skip") || conditional.hasDirective("include")) {
        throw refused(
            selection,
            "A condition stands at the top of a subscription (expected: no @skip and no @include there).");
      }
      if (selection instanceof Field field) {
        if (field.getName().startsWith("__")) {
          throw refused(
              field,
              field.getName()
                  + " is selected at the top of a subscription (expected: a field with events).");
        }
        keys.add(field.getResultKey());
      } else if (selection instanceof InlineFragment fragment) {
        collect(fragment.getSelectionSet());
      } else if (selection instanceof FragmentSpread named && spread.add(named.getName())) {
        FragmentDefinition fragment = fragments.get(named.getName());
        if (fragment != null) {
          collect(fragment.getSelectionSet());
        }
      }
    }
  }

  private static RequestRefused refused(Node<?> at, String message) {
    return new RequestRefused(List.of(GraphqlError.of(ErrorCode.GRAPHQL_VALIDATION_FAILED, message)
        .at(List.of(at.getSourceLocation()))));
  }
}

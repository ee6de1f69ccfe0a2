package dev.gatehouse.graphql.internal.operation;

import graphql.execution.CoercedVariables;
import graphql.language.Argument;
import graphql.language.BooleanValue;
import graphql.language.Directive;
import graphql.language.DirectivesContainer;
import graphql.language.Field;
import graphql.language.FragmentDefinition;
import graphql.language.FragmentSpread;
import graphql.language.InlineFragment;
import graphql.language.Selection;
import graphql.language.SelectionSet;
import graphql.language.Value;
import graphql.language.VariableReference;
import graphql.schema.GraphQLNamedType;
import graphql.schema.GraphQLObjectType;
import graphql.schema.GraphQLSchema;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Which fields are selected of an object of one type: CollectFields of the specification (October 2021, section 6.3.2). */
final class FieldCollector {
  private final GraphQLSchema schema;
  private final Map<String, FragmentDefinition> fragments;
  private final CoercedVariables variables;

  FieldCollector(
      GraphQLSchema schema, Map<String, FragmentDefinition> fragments, CoercedVariables variables) {
    this.schema = schema;
    this.fragments = fragments;
    this.variables = variables;
  }

  /** The fields by response key, those of one key together, in the order of the answer. */
  Map<String, List<Field>> collect(String objectType, List<SelectionSet> sets) {
    Map<String, List<Field>> fields = new LinkedHashMap<>();
    Set<String> spread = new HashSet<>();
    GraphQLObjectType type = (GraphQLObjectType) schema.getType(objectType);
    for (SelectionSet set : sets) {
      collect(type, set, spread, fields);
    }
    return fields;
  }

  private void collect(
      @Nullable GraphQLObjectType type,
      SelectionSet set,
      Set<String> spread,
      Map<String, List<Field>> fields) {
    for (Selection<?> selection : set.getSelections()) {
      if (!isIncluded((DirectivesContainer<?>) selection)) {
        continue;
      }
      if (selection instanceof Field field) {
        fields.computeIfAbsent(field.getResultKey(), key -> new ArrayList<>()).add(field);
      } else if (selection instanceof InlineFragment fragment) {
        if (fragment.getTypeCondition() == null
            || applies(type, fragment.getTypeCondition().getName())) {
          collect(type, fragment.getSelectionSet(), spread, fields);
        }
      } else if (selection instanceof FragmentSpread named && spread.add(named.getName())) {
        FragmentDefinition fragment = fragments.get(named.getName());
        if (fragment != null && applies(type, fragment.getTypeCondition().getName())) {
          collect(type, fragment.getSelectionSet(), spread, fields);
        }
      }
    }
  }

  private boolean applies(@Nullable GraphQLObjectType type, String condition) {
    return type != null
        && (type.getName().equals(condition)
            || schema.getType(condition) instanceof GraphQLNamedType named
                && !(named instanceof GraphQLObjectType)
                && schema.isPossibleType(named, type));
  }

  private boolean isIncluded(DirectivesContainer<?> selection) {
    return !condition(selection, "skip", false) && condition(selection, "include", true);
  }

  private boolean condition(DirectivesContainer<?> selection, String name, boolean otherwise) {
    List<Directive> directives = selection.getDirectives(name);
    if (directives.isEmpty()) {
      return otherwise;
    }
    Argument argument = directives.get(0).getArgument("if");
    Value<?> value = argument == null ? null : argument.getValue();
    if (value instanceof VariableReference variable) {
      return Boolean.TRUE.equals(variables.get(variable.getName()));
    }
    return value instanceof BooleanValue literal && literal.isValue();
  }
}

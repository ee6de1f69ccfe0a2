package dev.gatehouse.graphql.internal.operation;

import dev.gatehouse.graphql.internal.schema.RootKind;
import graphql.GraphQLContext;
import graphql.GraphQLException;
import graphql.execution.CoercedVariables;
import graphql.execution.RawVariables;
import graphql.execution.ValuesResolver;
import graphql.language.Document;
import graphql.language.FragmentDefinition;
import graphql.language.OperationDefinition;
import graphql.language.VariableDefinition;
import graphql.schema.GraphQLSchema;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A parsed and valid operation, with the few compiled forms that the values of its conditions give it. Confined to one event loop. */
public final class PreparedOperation {
  /** How many conditions can be tried in every combination. */
  private static final int MOST_CONDITIONS = 4;

  private static final int MOST_FORMS = 2 << MOST_CONDITIONS;
  private static final int WEIGHED_CHARACTERS = 2048;

  private final OperationKey key;
  private final Document document;
  private final OperationDefinition operation;
  private final Map<String, FragmentDefinition> fragments;
  private final List<String> conditions;
  private final Map<String, CompiledOperation> forms = new LinkedHashMap<>(4, 0.75f, true) {
    private static final long serialVersionUID = 1L;

    @Override
    protected boolean removeEldestEntry(Map.Entry<String, CompiledOperation> eldest) {
      return size() > MOST_FORMS;
    }
  };

  /**
   * @param conditions the variables that directives name
   */
  PreparedOperation(
      OperationKey key,
      Document document,
      OperationDefinition operation,
      Map<String, FragmentDefinition> fragments,
      List<String> conditions) {
    this.key = key;
    this.document = document;
    this.operation = operation;
    this.fragments = Map.copyOf(fragments);
    this.conditions = List.copyOf(conditions);
  }

  public RootKind kind() {
    return RootKind.of(operation.getOperation());
  }

  public boolean isMutation() {
    return kind() == RootKind.MUTATION;
  }

  /**
   * Roughly the memory it takes: once for each form, and each 2 KiB of its document.
   *
   * @return at least 1
   */
  int weight() {
    return Math.max(1, forms.size()) * (1 + key.document().length() / WEIGHED_CHARACTERS);
  }

  OperationKey key() {
    return key;
  }

  Document document() {
    return document;
  }

  OperationDefinition operation() {
    return operation;
  }

  Map<String, FragmentDefinition> fragments() {
    return fragments;
  }

  /**
   * A request's variables, coerced to their types.
   *
   * @throws dev.gatehouse.graphql.internal.answer.RequestRefused where one cannot be
   */
  CoercedVariables coerce(GraphQLSchema schema, Map<String, @Nullable Object> variables) {
    List<VariableDefinition> definitions = operation.getVariableDefinitions();
    if (definitions.isEmpty()) {
      return CoercedVariables.emptyVariables();
    }
    try {
      return ValuesResolver.coerceVariableValues(
          schema,
          definitions,
          RawVariables.of(variables),
          GraphQLContext.getDefault(),
          Locale.ENGLISH);
    } catch (GraphQLException e) {
      throw ArgumentValues.refused(e, null);
    }
  }

  /** Whether there are more conditions than can be tried in every combination. */
  boolean hasManyConditions() {
    return conditions.size() > MOST_CONDITIONS;
  }

  /** Values with which everything is selected that any request could select. */
  CoercedVariables everything() {
    Map<String, Object> values = new HashMap<>();
    conditions.forEach(condition -> values.put(condition, FieldCollector.SELECTED));
    return CoercedVariables.of(values);
  }

  /** Values of the conditions, all there are where these are few; else all of them true, and all of them false. */
  List<CoercedVariables> conditionValues() {
    List<CoercedVariables> all = new ArrayList<>();
    int forms = hasManyConditions() ? 2 : 1 << conditions.size();
    for (int form = 0; form < forms; form++) {
      Map<String, Object> values = new HashMap<>();
      for (int i = 0; i < conditions.size(); i++) {
        int bit = forms > 2 ? i : 0;
        values.put(conditions.get(i), (form >> bit & 1) == 1);
      }
      all.add(CoercedVariables.of(values));
    }
    return all;
  }

  /** The compiled form for the values that the conditions have; null where there is none yet. */
  @Nullable CompiledOperation form(CoercedVariables variables, boolean incremental) {
    return forms.get(formKey(variables, incremental));
  }

  /** Keeps a compiled form. */
  void keep(CompiledOperation form, CoercedVariables variables, boolean incremental) {
    forms.put(formKey(variables, incremental), form);
  }

  private String formKey(CoercedVariables variables, boolean incremental) {
    String mode = incremental ? "+" : "";
    if (conditions.isEmpty()) {
      return mode;
    }
    StringBuilder values = new StringBuilder(mode);
    for (String condition : conditions) {
      values.append(variables.get(condition)).append(';');
    }
    return values.toString();
  }
}

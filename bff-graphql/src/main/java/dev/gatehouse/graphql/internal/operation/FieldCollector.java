package dev.gatehouse.graphql.internal.operation;

import dev.gatehouse.graphql.internal.answer.ErrorCode;
import dev.gatehouse.graphql.internal.answer.GraphqlError;
import dev.gatehouse.graphql.internal.answer.RequestRefused;
import graphql.execution.CoercedVariables;
import graphql.language.Argument;
import graphql.language.BooleanValue;
import graphql.language.Directive;
import graphql.language.DirectivesContainer;
import graphql.language.Field;
import graphql.language.FragmentDefinition;
import graphql.language.FragmentSpread;
import graphql.language.InlineFragment;
import graphql.language.IntValue;
import graphql.language.Selection;
import graphql.language.SelectionSet;
import graphql.language.StringValue;
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

/**
 * Which fields are selected of an object of one type: CollectFields of the specification (October 2021, section 6.3.2), and of its
 * working draft on incremental delivery.
 */
final class FieldCollector {
  /** The value of a variable with which both {@code @skip} and {@code @include} select: more than any request could. */
  static final Object SELECTED = new Object();

  private final GraphQLSchema schema;
  private final Map<String, FragmentDefinition> fragments;
  private final CoercedVariables variables;
  private final int mostDeferred;
  private int deferred;

  /** A fragment that was spread, which happens once for each thing that its fields are deferred with. */
  private record Spread(String name, @Nullable DeferUsage usage) {}

  /**
   * @param mostDeferred fragments; 0 where {@code @defer} is ignored
   */
  FieldCollector(
      GraphQLSchema schema,
      Map<String, FragmentDefinition> fragments,
      CoercedVariables variables,
      int mostDeferred) {
    this.schema = schema;
    this.fragments = fragments;
    this.variables = variables;
    this.mostDeferred = mostDeferred;
  }

  /**
   * The fields by response key, those of one key together, in the order of the answer.
   *
   * @param depth how many fields lead to the object
   */
  Map<String, List<Collected>> collect(String objectType, List<Collected.Below> sets, int depth) {
    Map<String, List<Collected>> fields = new LinkedHashMap<>();
    Set<Spread> spread = new HashSet<>();
    GraphQLObjectType type = (GraphQLObjectType) schema.getType(objectType);
    for (Collected.Below below : sets) {
      collect(type, below.set(), below.usage(), depth, spread, fields);
    }
    return fields;
  }

  private void collect(
      @Nullable GraphQLObjectType type,
      SelectionSet set,
      @Nullable DeferUsage usage,
      int depth,
      Set<Spread> spread,
      Map<String, List<Collected>> fields) {
    for (Selection<?> selection : set.getSelections()) {
      if (!isIncluded((DirectivesContainer<?>) selection)) {
        continue;
      }
      if (selection instanceof Field field) {
        fields
            .computeIfAbsent(field.getResultKey(), key -> new ArrayList<>())
            .add(new Collected(field, usage));
      } else if (selection instanceof InlineFragment fragment) {
        if (fragment.getTypeCondition() == null
            || applies(type, fragment.getTypeCondition().getName())) {
          DeferUsage own = usage(fragment, usage, depth);
          collect(type, fragment.getSelectionSet(), own, depth, spread, fields);
        }
      } else if (selection instanceof FragmentSpread named) {
        FragmentDefinition fragment = fragments.get(named.getName());
        if (fragment != null && applies(type, fragment.getTypeCondition().getName())) {
          DeferUsage own = usage(named, usage, depth);
          if (spread.add(new Spread(named.getName(), own))) {
            collect(type, fragment.getSelectionSet(), own, depth, spread, fields);
          }
        }
      }
    }
  }

  /** What the fields of a fragment are deferred with. */
  private @Nullable DeferUsage usage(
      DirectivesContainer<?> fragment, @Nullable DeferUsage around, int depth) {
    List<Directive> directives = mostDeferred == 0 ? List.of() : fragment.getDirectives("defer");
    if (directives.isEmpty() || !isOn(directives.get(0))) {
      return around;
    }
    DocumentLimits.atMost("deferred fragments", ++deferred, mostDeferred);
    return new DeferUsage(label(directives.get(0)), around, depth);
  }

  /**
   * The rest of a list that follows its first elements; null where the list comes as a whole.
   *
   * @param depth how many fields lead to the list
   * @throws RequestRefused where the directive has a value that it cannot have
   */
  @Nullable DeferUsage streamed(Field field, int depth) {
    List<Directive> directives = mostDeferred == 0 ? List.of() : field.getDirectives("stream");
    if (directives.isEmpty() || !isOn(directives.get(0))) {
      return null;
    }
    Argument argument = directives.get(0).getArgument("initialCount");
    Value<?> value = argument == null ? null : argument.getValue();
    int count = 0;
    if (value instanceof VariableReference variable) {
      count = valueOf(variable, 0) instanceof Number number ? number.intValue() : 0;
    } else if (value instanceof IntValue literal) {
      count = literal.getValue().intValueExact();
    }
    if (count < 0) {
      throw new RequestRefused(List.of(GraphqlError.of(
              ErrorCode.BAD_USER_INPUT, "initialCount: " + count + " (expected: at least 0)")
          .at(List.of(field.getSourceLocation()))));
    }
    return DeferUsage.ofStream(label(directives.get(0)), depth, count);
  }

  private static @Nullable String label(Directive directive) {
    Argument label = directive.getArgument("label");
    return label != null && label.getValue() instanceof StringValue text ? text.getValue() : null;
  }

  /** Whether a directive applies that does so unless it is told not to. */
  private boolean isOn(Directive directive) {
    Argument argument = directive.getArgument("if");
    Value<?> value = argument == null ? null : argument.getValue();
    if (value instanceof VariableReference variable) {
      return !Boolean.FALSE.equals(valueOf(variable, true));
    }
    return !(value instanceof BooleanValue literal) || literal.isValue();
  }

  /**
   * What a request gives a directive.
   *
   * @param otherwise the directive's own default, for variables that the request leaves out
   * @throws RequestRefused where it is null: no argument of these directives can be
   */
  private Object valueOf(VariableReference variable, Object otherwise) {
    String name = variable.getName();
    Object value = variables.containsKey(name) ? variables.get(name) : otherwise;
    if (value == null) {
      throw new RequestRefused(List.of(GraphqlError.of(
              ErrorCode.BAD_USER_INPUT,
              "$" + name + ": null (expected: a value, as a directive needs it)")
          .at(List.of(variable.getSourceLocation()))));
    }
    return value;
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

  /**
   * @param otherwise what selects
   */
  private boolean condition(DirectivesContainer<?> selection, String name, boolean otherwise) {
    List<Directive> directives = selection.getDirectives(name);
    if (directives.isEmpty()) {
      return otherwise;
    }
    Argument argument = directives.get(0).getArgument("if");
    Value<?> value = argument == null ? null : argument.getValue();
    if (value instanceof VariableReference variable) {
      Object given = valueOf(variable, otherwise);
      return given == SELECTED ? otherwise : Boolean.TRUE.equals(given);
    }
    return value instanceof BooleanValue literal && literal.isValue();
  }
}

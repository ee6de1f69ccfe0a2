package dev.gatehouse.graphql.internal.input;

import graphql.GraphQLContext;
import graphql.execution.CoercedVariables;
import graphql.language.ArrayValue;
import graphql.language.BooleanValue;
import graphql.language.EnumValue;
import graphql.language.FloatValue;
import graphql.language.IntValue;
import graphql.language.NullValue;
import graphql.language.ObjectField;
import graphql.language.ObjectValue;
import graphql.language.StringValue;
import graphql.language.Value;
import graphql.language.VariableReference;
import graphql.schema.Coercing;
import graphql.schema.CoercingParseLiteralException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Any JSON value: what has free keys, or no contract at all. */
public final class JsonCoercing implements Coercing<Object, Object> {

  @Override
  public Object serialize(Object result, GraphQLContext context, Locale locale) {
    return result;
  }

  @Override
  public Object parseValue(Object input, GraphQLContext context, Locale locale) {
    return input;
  }

  @Override
  public @Nullable Object parseLiteral(
      Value<?> literal, CoercedVariables variables, GraphQLContext context, Locale locale) {
    return json(literal, variables);
  }

  @Override
  public Value<?> valueToLiteral(Object input, GraphQLContext context, Locale locale) {
    if (input instanceof Map<?, ?> map) {
      ObjectValue.Builder object = ObjectValue.newObjectValue();
      map.forEach((key, value) ->
          object.objectField(new ObjectField(key.toString(), literal(value, context, locale))));
      return object.build();
    }
    if (input instanceof List<?> list) {
      return new ArrayValue(List.copyOf(
          list.stream().map(element -> literal(element, context, locale)).toList()));
    }
    if (input instanceof Boolean truth) {
      return BooleanValue.of(truth);
    }
    if (input instanceof Number number) {
      return FloatValue.newFloatValue(new java.math.BigDecimal(number.toString()))
          .build();
    }
    return StringValue.of(input.toString());
  }

  @SuppressWarnings("rawtypes")
  private Value literal(@Nullable Object value, GraphQLContext context, Locale locale) {
    return value == null ? NullValue.of() : valueToLiteral(value, context, locale);
  }

  private static @Nullable Object json(Value<?> literal, CoercedVariables variables) {
    if (literal instanceof StringValue text) {
      return text.getValue();
    }
    if (literal instanceof IntValue number) {
      return number.getValue();
    }
    if (literal instanceof FloatValue number) {
      return number.getValue();
    }
    if (literal instanceof BooleanValue truth) {
      return truth.isValue();
    }
    if (literal instanceof EnumValue constant) {
      return constant.getName();
    }
    if (literal instanceof NullValue) {
      return null;
    }
    if (literal instanceof VariableReference variable) {
      return variables.get(variable.getName());
    }
    if (literal instanceof ArrayValue array) {
      List<@Nullable Object> elements = new ArrayList<>();
      for (Value<?> element : array.getValues()) {
        elements.add(json(element, variables));
      }
      return elements;
    }
    if (literal instanceof ObjectValue object) {
      Map<String, @Nullable Object> members = new LinkedHashMap<>();
      for (ObjectField field : object.getObjectFields()) {
        members.put(field.getName(), json(field.getValue(), variables));
      }
      return members;
    }
    throw new CoercingParseLiteralException("no JSON value");
  }
}

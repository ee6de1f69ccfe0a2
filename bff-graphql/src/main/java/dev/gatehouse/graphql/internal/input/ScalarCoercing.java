package dev.gatehouse.graphql.internal.input;

import dev.gatehouse.dsl.contract.JsonKind;
import dev.gatehouse.runtime.door.format.ScalarFormat;
import graphql.GraphQLContext;
import graphql.execution.CoercedVariables;
import graphql.language.BooleanValue;
import graphql.language.FloatValue;
import graphql.language.IntValue;
import graphql.language.StringValue;
import graphql.language.Value;
import graphql.schema.Coercing;
import graphql.schema.CoercingParseLiteralException;
import graphql.schema.CoercingParseValueException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A scalar of a contract in GraphQL: values keep the form that JSON has for them, and numbers keep their digits. A number too large
 * for JavaScript may come as text. Immutable.
 */
public final class ScalarCoercing implements Coercing<Object, Object> {
  private final ScalarFormat format;

  public ScalarCoercing(ScalarFormat format) {
    this.format = format;
  }

  /** Outputs are written by the engine; only introspection and tests come here. */
  @Override
  public Object serialize(Object result, GraphQLContext context, Locale locale) {
    return result;
  }

  @Override
  public Object parseValue(Object input, GraphQLContext context, Locale locale) {
    Object value = value(input);
    if (value == null) {
      throw new CoercingParseValueException(mismatch(input));
    }
    return value;
  }

  @Override
  public Object parseLiteral(
      Value<?> literal, CoercedVariables variables, GraphQLContext context, Locale locale) {
    Object plain = plain(literal);
    Object value = plain == null ? null : value(plain);
    if (value == null) {
      throw new CoercingParseLiteralException(
          mismatch(plain == null ? literal.getClass().getSimpleName() : plain));
    }
    return value;
  }

  @Override
  public Value<?> valueToLiteral(Object input, GraphQLContext context, Locale locale) {
    Object value = parseValue(input, context, locale);
    return switch (format.kind()) {
      case STRING -> StringValue.of(value.toString());
      case INTEGER -> IntValue.newIntValue(new BigInteger(value.toString())).build();
      case NUMBER -> FloatValue.newFloatValue(new BigDecimal(value.toString())).build();
      case BOOLEAN -> BooleanValue.of((Boolean) value);
    };
  }

  private static @Nullable Object plain(Value<?> literal) {
    if (literal instanceof StringValue text) {
      return text.getValue();
    }
    if (literal instanceof IntValue number) {
      return number.getValue();
    }
    if (literal instanceof FloatValue number) {
      return number.getValue();
    }
    return literal instanceof BooleanValue truth ? truth.isValue() : null;
  }

  private @Nullable Object value(Object input) {
    boolean isText = input instanceof CharSequence;
    boolean fits = switch (format.kind()) {
      case STRING -> isText;
      case INTEGER, NUMBER -> isText || input instanceof Number;
      case BOOLEAN -> input instanceof Boolean;
    };
    String text = input.toString();
    if (!fits || !format.accepts(text)) {
      return null;
    }
    return switch (format.kind()) {
      case STRING -> text;
      case INTEGER -> new BigInteger(text);
      case NUMBER -> new BigDecimal(text);
      case BOOLEAN -> input;
    };
  }

  private String mismatch(Object found) {
    String text = found.toString();
    String shown = text.length() <= 80 ? text : text.substring(0, 80) + "…";
    return (format.kind() == JsonKind.STRING ? "\"" + shown + "\"" : shown) + " (expected: "
        + format.expected() + ")";
  }
}

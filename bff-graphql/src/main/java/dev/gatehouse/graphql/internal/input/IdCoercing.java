package dev.gatehouse.graphql.internal.input;

import graphql.GraphQLContext;
import graphql.execution.CoercedVariables;
import graphql.language.IntValue;
import graphql.language.StringValue;
import graphql.language.Value;
import graphql.schema.Coercing;
import graphql.schema.CoercingParseLiteralException;
import graphql.schema.CoercingParseValueException;
import java.math.BigInteger;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The scalar {@code ID} as the specification has it (October 2021, section 3.5.5): a text or an integer. GraphQL Java takes an object
 * for one, too, by its {@code toString}.
 */
public final class IdCoercing implements Coercing<String, String> {

  /** Outputs are written by the engine; only introspection and tests come here. */
  @Override
  public String serialize(Object result, GraphQLContext context, Locale locale) {
    return result.toString();
  }

  @Override
  public String parseValue(Object input, GraphQLContext context, Locale locale) {
    boolean isInteger = input instanceof Integer
        || input instanceof Long
        || input instanceof BigInteger
        || input instanceof Short
        || input instanceof Byte;
    if (input instanceof String || isInteger) {
      return input.toString();
    }
    throw new CoercingParseValueException(mismatch());
  }

  @Override
  public String parseLiteral(
      Value<?> literal, CoercedVariables variables, GraphQLContext context, Locale locale) {
    @Nullable String text = literal instanceof StringValue string
        ? string.getValue()
        : literal instanceof IntValue number ? number.getValue().toString() : null;
    if (text == null) {
      throw new CoercingParseLiteralException(mismatch());
    }
    return text;
  }

  @Override
  public Value<?> valueToLiteral(Object input, GraphQLContext context, Locale locale) {
    return StringValue.of(parseValue(input, context, locale));
  }

  private static String mismatch() {
    return "no ID (expected: a text or an integer)";
  }
}

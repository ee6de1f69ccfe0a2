package dev.gatehouse.runtime.door.format;

import dev.gatehouse.dsl.contract.DataType;
import dev.gatehouse.dsl.contract.DataType.EnumConstant;
import dev.gatehouse.dsl.contract.DataType.EnumType;
import dev.gatehouse.dsl.contract.DataType.ScalarType;
import dev.gatehouse.dsl.contract.JsonKind;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * How a scalar or an enumeration is written as text. Immutable.
 *
 * @param kind its JSON form; the text stands in quotes for {@link JsonKind#STRING} and as it is for all others
 * @param format the format's name in OpenAPI; null where there is none
 * @param expected what a fault says was expected
 * @param example one that is accepted
 * @param accepted whether a text is one
 */
public record ScalarFormat(
    JsonKind kind,
    @Nullable String format,
    String expected,
    String example,
    Predicate<String> accepted) {

  /**
   * The format of a type.
   *
   * @return null where it is neither a scalar nor an enumeration
   */
  public static @Nullable ScalarFormat of(DataType type) {
    if (type instanceof ScalarType scalar) {
      Type javaType = unwrapped(scalar.javaType());
      return switch (scalar.kind()) {
        case STRING -> TextFormats.of(javaType);
        case INTEGER -> NumberFormats.integer(javaType);
        case NUMBER -> NumberFormats.number(javaType);
        case BOOLEAN ->
          new ScalarFormat(
              JsonKind.BOOLEAN,
              null,
              "true or false",
              "true",
              text -> text.equals("true") || text.equals("false"));
      };
    }
    if (type instanceof EnumType enumeration) {
      Set<String> names = new LinkedHashSet<>();
      for (EnumConstant constant : enumeration.constants()) {
        names.add(constant.name());
      }
      return new ScalarFormat(
          JsonKind.STRING,
          null,
          "one of " + String.join(", ", names),
          names.iterator().next(),
          names::contains);
    }
    return null;
  }

  public boolean accepts(String text) {
    return accepted.test(text);
  }

  /** A one-component record travels as its component does. */
  private static Type unwrapped(Type type) {
    Type unwrapped = type;
    while (unwrapped instanceof Class<?> c && c.isRecord() && c.getRecordComponents().length == 1) {
      RecordComponent component = c.getRecordComponents()[0];
      unwrapped = component.getGenericType();
    }
    return unwrapped;
  }
}

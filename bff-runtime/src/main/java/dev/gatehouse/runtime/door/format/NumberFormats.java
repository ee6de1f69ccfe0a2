package dev.gatehouse.runtime.door.format;

import dev.gatehouse.dsl.contract.JsonKind;
import java.lang.reflect.Type;
import java.util.Set;

/** The formats of numbers: JSON's own grammar (RFC 8259, section 6), within the range of the Java type. */
final class NumberFormats {
  private static final int MOST_DIGITS = 1_000;
  private static final int MOST_EXPONENT_DIGITS = 4;
  private static final Set<Type> INTS = Set.of(int.class, Integer.class);
  private static final Set<Type> LONGS = Set.of(long.class, Long.class);
  private static final Set<Type> SHORTS = Set.of(short.class, Short.class);
  private static final Set<Type> BYTES = Set.of(byte.class, Byte.class);
  private static final Set<Type> FLOATS = Set.of(float.class, Float.class);
  private static final Set<Type> DOUBLES = Set.of(double.class, Double.class);

  private NumberFormats() {}

  static ScalarFormat integer(Type javaType) {
    if (INTS.contains(javaType)) {
      return ranged("int32", Integer.MIN_VALUE, Integer.MAX_VALUE);
    }
    if (LONGS.contains(javaType)) {
      return ranged("int64", Long.MIN_VALUE, Long.MAX_VALUE);
    }
    if (SHORTS.contains(javaType)) {
      return ranged("int32", Short.MIN_VALUE, Short.MAX_VALUE);
    }
    if (BYTES.contains(javaType)) {
      return ranged("int32", Byte.MIN_VALUE, Byte.MAX_VALUE);
    }
    return new ScalarFormat(JsonKind.INTEGER, null, "an integer", "1", NumberFormats::isInteger);
  }

  static ScalarFormat number(Type javaType) {
    String format =
        DOUBLES.contains(javaType) ? "double" : FLOATS.contains(javaType) ? "float" : null;
    return new ScalarFormat(
        JsonKind.NUMBER, format, "a number, such as 12.50", "12.50", NumberFormats::isNumber);
  }

  private static ScalarFormat ranged(String format, long min, long max) {
    return new ScalarFormat(
        JsonKind.INTEGER, format, "an integer from " + min + " to " + max, "1", text -> {
          if (text.length() > 20 || !isInteger(text)) {
            return false;
          }
          try {
            long value = Long.parseLong(text);
            return value >= min && value <= max;
          } catch (NumberFormatException e) {
            return false;
          }
        });
  }

  static boolean isInteger(String text) {
    return text.length() <= MOST_DIGITS && integerEnd(text) == text.length();
  }

  static boolean isNumber(String text) {
    if (text.length() > MOST_DIGITS) {
      return false;
    }
    int at = integerEnd(text);
    if (at < 0) {
      return false;
    }
    if (at < text.length() && text.charAt(at) == '.') {
      int end = digitsEnd(text, at + 1);
      if (end == at + 1) {
        return false;
      }
      at = end;
    }
    if (at < text.length() && (text.charAt(at) | 0x20) == 'e') {
      at++;
      if (at < text.length() && (text.charAt(at) == '+' || text.charAt(at) == '-')) {
        at++;
      }
      int end = digitsEnd(text, at);
      // A longer exponent is nothing a client can mean, but could make arithmetic on it run for
      // ever.
      if (end == at || end - at > MOST_EXPONENT_DIGITS) {
        return false;
      }
      at = end;
    }
    return at == text.length();
  }

  /** Where an integer at the beginning ends; -1 where there is none. */
  private static int integerEnd(String text) {
    int start = text.startsWith("-") ? 1 : 0;
    int end = digitsEnd(text, start);
    if (end == start) {
      return -1;
    }
    return text.charAt(start) == '0' ? start + 1 : end;
  }

  private static int digitsEnd(String text, int from) {
    int at = from;
    while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
      at++;
    }
    return at;
  }
}

package dev.gatehouse.rest.internal.input;

import dev.gatehouse.dsl.contract.JsonKind;
import dev.gatehouse.dsl.graph.Node.ArgumentSpec;
import dev.gatehouse.runtime.door.Problem.In;
import dev.gatehouse.runtime.door.format.ScalarFormat;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** Reads the arguments of single fields from query parameters. */
public final class ArgumentReader {
  private ArgumentReader() {}

  /**
   * The JSON value of an argument.
   *
   * @param parameter the query parameter that gives it
   * @return null where the text is none, which is a fault
   */
  public static byte @Nullable [] read(
      ArgumentSpec spec, String parameter, String text, Faults faults) {
    ScalarFormat format = ScalarFormat.of(spec.type());
    if (format == null) {
      throw new IllegalStateException(
          "argument " + spec.name() + ": " + spec.type().name() + " (expected: a scalar)");
    }
    if (!format.accepts(text)) {
      faults.add(
          In.QUERY, parameter, Faults.shown(text) + " (expected: " + format.expected() + ")");
      return null;
    }
    boolean isText = format.kind() == JsonKind.STRING;
    if ((isText || format.kind() != JsonKind.BOOLEAN)
        && !isWithin(spec, isText ? length(text) : new BigDecimal(text))) {
      faults.add(
          In.QUERY, parameter, Faults.shown(text) + " (expected: " + range(spec, isText) + ")");
      return null;
    }
    return JsonBytes.scalar(format, text);
  }

  private static BigDecimal length(String text) {
    return BigDecimal.valueOf(text.codePointCount(0, text.length()));
  }

  private static boolean isWithin(ArgumentSpec spec, BigDecimal value) {
    return (spec.min() == null || value.compareTo(BigDecimal.valueOf(spec.min())) >= 0)
        && (spec.max() == null || value.compareTo(BigDecimal.valueOf(spec.max())) <= 0);
  }

  private static String range(ArgumentSpec spec, boolean isText) {
    String unit = isText ? " characters" : "";
    if (spec.min() == null) {
      return "at most " + spec.max() + unit;
    }
    return spec.max() == null
        ? "at least " + spec.min() + unit
        : spec.min() + " to " + spec.max() + unit;
  }
}

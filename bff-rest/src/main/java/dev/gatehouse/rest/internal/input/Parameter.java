package dev.gatehouse.rest.internal.input;

import dev.gatehouse.dsl.contract.DataType;
import dev.gatehouse.dsl.contract.DataType.Component;
import dev.gatehouse.dsl.contract.DataType.ListType;
import dev.gatehouse.runtime.door.Problem.In;
import dev.gatehouse.runtime.door.format.ScalarFormat;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * One parameter of a route outside the body. Immutable.
 *
 * @param name what a request calls it
 * @param component the component it binds; null where the whole input is this scalar
 * @param format how each value is written
 * @param byDefault the JSON value where a request gives none; null where there is none
 */
public record Parameter(
    In in,
    String name,
    DataType type,
    @Nullable Component component,
    ScalarFormat format,
    byte @Nullable [] byDefault) {

  /** Whether it may be given several times, as a list. */
  boolean isList() {
    return type instanceof ListType;
  }

  /** Whether a request must give it. A list that is not given is empty. */
  public boolean isRequired() {
    return in == In.PATH || (!isNullable() && byDefault == null && !isList());
  }

  private boolean isNullable() {
    return component != null && component.nullable();
  }

  /** The default as JSON text; null where there is none. */
  public @Nullable String defaultText() {
    return byDefault == null ? null : new String(byDefault, StandardCharsets.UTF_8);
  }

  /**
   * The JSON value of what a request gives.
   *
   * @return null where the text is none of this parameter's, which is a fault
   */
  byte @Nullable [] read(String text, Faults faults) {
    if (format.accepts(text)) {
      return JsonBytes.scalar(format, text);
    }
    faults.add(in, name, Faults.shown(text) + " (expected: " + format.expected() + ")");
    return null;
  }
}

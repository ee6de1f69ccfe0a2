package dev.gatehouse.rest.internal.input;

import dev.gatehouse.dsl.contract.DataType;
import dev.gatehouse.dsl.contract.DataType.Component;
import java.util.List;
import java.util.Map;

/** What the body of a request must be. */
public sealed interface BodyShape {

  /** Nothing. */
  record None() implements BodyShape {}

  /** The whole input. */
  record Whole(DataType type) implements BodyShape {}

  /**
   * A JSON object with these components of the input.
   *
   * @param elsewhere the input's other components, with the part of the request that gives them
   * @param defaults JSON values of components that a request may leave out
   */
  record Members(
      List<Component> components, Map<String, String> elsewhere, Map<String, byte[]> defaults)
      implements BodyShape {
    public Members {
      components = List.copyOf(components);
      elsewhere = Map.copyOf(elsewhere);
      defaults = Map.copyOf(defaults);
    }

    /** Whether a request may come without a body. */
    public boolean isOptional() {
      return components.stream()
          .allMatch(component -> component.nullable() || defaults.containsKey(component.name()));
    }
  }
}

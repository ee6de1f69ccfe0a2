package dev.gatehouse.dsl.finding;

import dev.gatehouse.dsl.graph.Place;

/**
 * One mistake in a BFF as written. A value: two findings are equal when they say the same of the same place.
 *
 * <p>Its families: what is {@link ShapeFinding composed wrongly}, {@link ScopeFinding where values may go}, {@link CallFinding how
 * operations are declared and called}, {@link ContractFinding what types describe}, {@link DoorFinding how it is opened}.
 */
public sealed interface Finding
    permits ShapeFinding, ScopeFinding, CallFinding, ContractFinding, DoorFinding {

  Code code();

  /** Where in the user's code. */
  Place place();

  /** What was found, what was expected, and how to mend it. */
  String message();
}

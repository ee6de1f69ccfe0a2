package dev.gatehouse.dsl;

import dev.gatehouse.dsl.graph.Place;

/** Where the DSL was called from. */
final class Places {
  private Places() {}

  private static final String DSL = "dev.gatehouse.dsl";

  static Place here() {
    return Place.outside(DSL);
  }

  static Place of(Throwable thrown) {
    return Place.thrownOutside(thrown, DSL);
  }
}

package dev.gatehouse.rest;

import dev.gatehouse.testing.ErrorPages;

/** What the pages of the codes of routes show is true. */
class RouteErrorPagesTest extends ErrorPages {
  RouteErrorPagesTest() {
    super("ROUTE_", """
        import static dev.gatehouse.dsl.Access.*;
        import static dev.gatehouse.rest.RestDoor.rest;
        import dev.gatehouse.dsl.*;
        import java.math.BigDecimal;
        import java.util.*;
        """);
  }
}

package dev.gatehouse.rest;

import dev.gatehouse.dsl.Access;

/** A door whose last route can still be told more of. Immutable. */
public sealed interface RestRoute extends RestDoor permits RestRoutes {

  /** Who may use the last route. Each route needs exactly one rule. */
  RestRoute allow(Access access);

  /**
   * What the last route answers where a request does not select.
   *
   * @param fields as in the query parameter {@code fields}, such as {@code id,name,price(amount)}
   */
  RestRoute select(String fields);

  /**
   * The status of success of the last route.
   *
   * @param status 200 to 299; 200 where it is not set, and 204 where the composite answers nothing
   */
  RestRoute answers(int status);

  /**
   * Takes a component of the last route's input from a header.
   *
   * @param header in any case
   * @param component its JSON name
   */
  RestRoute header(String header, String component);

  /**
   * What a component of the last route's input is where a request does not give it.
   *
   * @param component its JSON name
   * @param value of the component's type
   */
  RestRoute byDefault(String component, Object value);
}

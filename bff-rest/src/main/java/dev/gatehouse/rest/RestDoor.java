package dev.gatehouse.rest;

import dev.gatehouse.dsl.Composite;
import dev.gatehouse.dsl.Door;

/**
 * A REST API over composites. Immutable: each verb answers a new door with one more route.
 *
 * <pre>{@code
 * rest()
 *     .get("/api/product-pages/{id}", PRODUCT_PAGE).allow(anyone())
 *     .post("/api/carts/{cart}/lines", ADD_LINE).allow(allowedIf("cart owner", r -> …)).answers(201)
 * }</pre>
 *
 * <p>A path's variables fill whole segments. A scalar input is the path's only variable. The components of a record are bound by
 * their JSON names: to the path's variables of those names, to the headers that {@link RestRoute#header} gives them, and all others
 * to members of a JSON body for {@code POST}, {@code PUT} and {@code PATCH}, else to query parameters. Whoever asks may select with
 * {@code ?fields=name,price(amount)} what is answered. {@code HEAD} and {@code OPTIONS} are served by themselves.
 */
public sealed interface RestDoor extends Door permits RestRoute {

  /** The kind of these doors. */
  String KIND = "rest";

  /** A door without routes yet. */
  static RestDoor rest() {
    return RestRoutes.none();
  }

  /** Reads. The composite must be no command. */
  RestRoute get(String path, Composite<?, ?> composite);

  /** Changes something; takes a body. */
  RestRoute post(String path, Composite<?, ?> composite);

  /** Replaces something; takes a body. */
  RestRoute put(String path, Composite<?, ?> composite);

  /** Changes a part of something; takes a body. */
  RestRoute patch(String path, Composite<?, ?> composite);

  /** Removes something; takes no body. */
  RestRoute delete(String path, Composite<?, ?> composite);
}

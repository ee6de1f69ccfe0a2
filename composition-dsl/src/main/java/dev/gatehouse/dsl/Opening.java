package dev.gatehouse.dsl;

import dev.gatehouse.dsl.graph.Place;
import org.jspecify.annotations.Nullable;

/**
 * One thing that a door opens.
 *
 * @param label what listings and messages call it, such as {@code GET /api/products/{id}}; unique in its door
 * @param composite what it opens
 * @param access who may; null is a mistake that {@link Bff#findings()} reports
 * @param source whose events the composite is run for; null where requests are
 * @param place where it was written
 */
public record Opening(
    String label,
    Composite<?, ?> composite,
    @Nullable Access access,
    @Nullable EventSource<?, ?> source,
    Place place) {

  /** One that is run for requests. */
  public Opening(String label, Composite<?, ?> composite, @Nullable Access access, Place place) {
    this(label, composite, access, null, place);
  }
}

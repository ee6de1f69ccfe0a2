package dev.gatehouse.dsl;

import dev.gatehouse.dsl.graph.Place;
import org.jspecify.annotations.Nullable;

/**
 * One thing that a door opens.
 *
 * @param label what listings and messages call it, such as {@code GET /api/products/{id}}; unique in its door
 * @param composite what it opens
 * @param access who may; null is a mistake that {@link Bff#findings()} reports
 * @param place where it was written
 */
public record Opening(
    String label, Composite<?, ?> composite, @Nullable Access access, Place place) {}

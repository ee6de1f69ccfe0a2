package dev.gatehouse.usage;

import dev.gatehouse.dsl.Access;
import dev.gatehouse.dsl.Composite;
import dev.gatehouse.dsl.Door;
import dev.gatehouse.dsl.Opening;
import dev.gatehouse.dsl.graph.Place;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A door of no particular kind. */
record ADoor(String kind, List<Opening> openings) implements Door {
  static ADoor opening(String label, Composite<?, ?> composite, @Nullable Access access) {
    return new ADoor(
        "test", List.of(new Opening(label, composite, access, Place.outside("dev.gatehouse.dsl"))));
  }
}

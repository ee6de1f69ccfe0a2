package dev.gatehouse.dsl;

import dev.gatehouse.dsl.graph.Node;
import dev.gatehouse.dsl.graph.Place;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What the components of an object are bound to so far. Immutable.
 *
 * @param named by {@code with}, by the component's Java name
 * @param sources given to {@code from}, in order
 */
record Bindings(Map<String, Bound> named, List<Bound> sources) {
  static final Bindings NONE = new Bindings(Map.of(), List.of());

  /** A value and where it was bound. */
  record Bound(Node value, Place place) {}

  Bindings with(String component, Node value, Place place) {
    Map<String, Bound> more = new LinkedHashMap<>(named);
    more.put(component, new Bound(value, place));
    return new Bindings(more, sources);
  }

  Bindings from(Node source, Place place) {
    List<Bound> more = new ArrayList<>(sources);
    more.add(new Bound(source, place));
    return new Bindings(named, more);
  }
}

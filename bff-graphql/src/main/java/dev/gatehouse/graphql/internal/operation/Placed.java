package dev.gatehouse.graphql.internal.operation;

import graphql.language.SourceLocation;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Where the selected fields stand in the document, for errors. Filled when an operation is compiled, then only read. */
public final class Placed {
  private final @Nullable SourceLocation location;
  private final int lists;
  private final Map<String, Placed> children = new LinkedHashMap<>();

  /**
   * @param lists how many lists are around the field's values
   */
  Placed(@Nullable SourceLocation location, int lists) {
    this.location = location;
    this.lists = lists;
  }

  /** The field below with that key, which several cases of a union may have. */
  Placed child(String key, @Nullable SourceLocation at, int listsAround) {
    return children.computeIfAbsent(key, any -> new Placed(at, listsAround));
  }

  /** The field's place; empty where it is unknown. */
  public List<SourceLocation> locations() {
    return location == null ? List.of() : List.of(location);
  }

  /**
   * The field that a path leads to.
   *
   * @param path from this field; what leads into a JSON scalar is no part of GraphQL
   * @param known is given the part of the path that GraphQL knows
   */
  public Placed follow(List<Object> path, List<Object> known) {
    Placed at = this;
    int indices = 0;
    for (Object step : path) {
      if (step instanceof Integer) {
        if (indices++ == at.lists) {
          return at;
        }
        known.add(step);
        continue;
      }
      Placed next = at.children.get(step.toString());
      if (next == null) {
        return at;
      }
      known.add(step);
      at = next;
      indices = 0;
    }
    return at;
  }
}

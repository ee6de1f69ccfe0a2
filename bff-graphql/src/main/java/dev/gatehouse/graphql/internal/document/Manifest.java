package dev.gatehouse.graphql.internal.document;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The documents that a build of a client wrote down. Immutable.
 *
 * @param problems what is wrong with it, each with its place; it has no other documents than those that are sound
 */
public record Manifest(List<Entry> entries, List<String> problems) {
  public Manifest {
    entries = List.copyOf(entries);
    problems = List.copyOf(problems);
  }

  /**
   * A document.
   *
   * @param place where it stands, such as {@code web.json: operations[3] (ProductPage)}
   * @param name of its operation; null where the manifest does not say
   */
  public record Entry(String place, String id, @Nullable String name, String document) {}
}

package dev.gatehouse.graphql;

import dev.gatehouse.dsl.graph.Place;
import dev.gatehouse.graphql.internal.schema.GivenName;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is said of a door as a whole. Immutable.
 *
 * @param contract where the schema is pinned; null where it is not
 * @param manifest where the trusted documents are; null where none are
 * @param subgraph what makes it one; null for an API of its own
 * @param place where the door was begun
 */
record DoorSpec(
    String path,
    @Nullable String contract,
    @Nullable String manifest,
    List<Named> names,
    @Nullable Subgraph subgraph,
    Place place) {
  private static final String DEFAULT_PATH = "/graphql";

  /** What a type is called, and where that is said. */
  record Named(GivenName name, Place place) {}

  DoorSpec {
    names = List.copyOf(names);
  }

  DoorSpec(Place place) {
    this(DEFAULT_PATH, null, null, List.of(), null, place);
  }

  DoorSpec withPath(String newPath) {
    return new DoorSpec(newPath, contract, manifest, names, subgraph, place);
  }

  DoorSpec withContract(String location) {
    return new DoorSpec(path, location, manifest, names, subgraph, place);
  }

  DoorSpec withManifest(String location) {
    return new DoorSpec(path, contract, location, names, subgraph, place);
  }

  DoorSpec withName(GivenName name, Place at) {
    List<Named> more = new ArrayList<>(names);
    more.add(new Named(name, at));
    return new DoorSpec(path, contract, manifest, more, subgraph, place);
  }

  DoorSpec withSubgraph(Subgraph newSubgraph) {
    return new DoorSpec(path, contract, manifest, names, newSubgraph, place);
  }

  /** What stands for the entities of a subgraph where root fields are listed. */
  List<FieldSpec> entities() {
    return subgraph == null
        ? List.of()
        : subgraph.entities().stream().map(Subgraph.Entity::field).toList();
  }
}

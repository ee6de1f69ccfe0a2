package dev.gatehouse.graphql.internal.schema;

import java.util.List;

/** What makes a schema a subgraph of a federated graph. Immutable. */
public record GivenSubgraph(List<GivenEntity> entities, List<GivenDirective> directives) {
  public GivenSubgraph {
    entities = List.copyOf(entities);
    directives = List.copyOf(directives);
  }
}

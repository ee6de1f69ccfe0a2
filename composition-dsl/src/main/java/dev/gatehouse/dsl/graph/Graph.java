package dev.gatehouse.dsl.graph;

import dev.gatehouse.dsl.contract.DataType;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A composite as written: every node, every scope and the node that is its result.
 *
 * @param name the composite's name
 * @param input the type of its input; null where it takes none
 * @param nodes in the order they were written; operands before their users
 * @param scopes parents before children; the root first
 * @param result what the composite answers
 * @param deadline of the whole; null where only the door's applies
 * @param place where it was written
 */
public record Graph(
    String name,
    @Nullable DataType input,
    List<Node> nodes,
    List<Scope> scopes,
    Node result,
    @Nullable Duration deadline,
    Place place) {

  public Graph {
    nodes = List.copyOf(nodes);
    scopes = List.copyOf(scopes);
  }
}

package dev.gatehouse.usage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.dsl.graph.Graph;
import dev.gatehouse.dsl.graph.Node.CallNode;
import dev.gatehouse.dsl.graph.Node.ObjectNode;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class StorefrontWebTest {

  @Test
  void theProductPageOfTheDesignIsAGraph() {
    assertThat(StorefrontWeb.BFF.findings()).isEmpty();
    Graph graph = StorefrontWeb.PRODUCT_PAGE.graph();

    assertThat(graph.name()).isEqualTo("ProductPage");
    assertThat(graph.deadline()).isEqualTo(Duration.ofMillis(300));
    assertThat(graph.result()).isInstanceOf(ObjectNode.class);
    assertThat(graph.nodes().stream()
            .filter(CallNode.class::isInstance)
            .map(node -> ((CallNode) node).operation().service()))
        .containsExactly(
            "catalog",
            "pricing",
            "inventory",
            "reviews",
            "users",
            "recommendations",
            "catalog",
            "pricing");
    assertThat(graph.scopes()).hasSize(4);
  }

  @Test
  void idsAscendWithoutGapsAndOperandsComeFirst() {
    Graph graph = StorefrontWeb.PRODUCT_PAGE.graph();
    for (int id = 0; id < graph.nodes().size(); id++) {
      assertThat(graph.nodes().get(id).id()).isEqualTo(id);
    }
    for (int id = 0; id < graph.scopes().size(); id++) {
      assertThat(graph.scopes().get(id).id()).isEqualTo(id);
    }
  }
}

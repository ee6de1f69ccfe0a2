package dev.gatehouse.usage;

import static dev.gatehouse.dsl.Verbs.constant;
import static dev.gatehouse.dsl.Verbs.constantOf;
import static dev.gatehouse.dsl.Verbs.list;
import static dev.gatehouse.dsl.Verbs.object;
import static dev.gatehouse.dsl.Verbs.when;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.dsl.Composite;
import dev.gatehouse.dsl.Items;
import dev.gatehouse.dsl.Operation;
import dev.gatehouse.dsl.Service;
import dev.gatehouse.dsl.TypeRef;
import dev.gatehouse.dsl.Value;
import dev.gatehouse.dsl.graph.Graph;
import dev.gatehouse.dsl.graph.Node;
import dev.gatehouse.dsl.graph.Node.CallNode;
import dev.gatehouse.dsl.graph.Node.EachNode;
import dev.gatehouse.dsl.graph.Node.FieldNode;
import dev.gatehouse.dsl.graph.Node.LimitNode;
import dev.gatehouse.dsl.graph.Node.MapNode;
import dev.gatehouse.dsl.graph.Node.ObjectNode;
import dev.gatehouse.dsl.graph.Node.OrElseNode;
import dev.gatehouse.dsl.graph.Node.OrNullNode;
import dev.gatehouse.dsl.graph.Node.RescueNode;
import dev.gatehouse.dsl.graph.Node.WhenNode;
import dev.gatehouse.dsl.graph.Scope;
import dev.gatehouse.usage.Shop.Product;
import dev.gatehouse.usage.Shop.User;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** What holds of every graph, whatever was written. */
class GraphPropertiesTest {
  private static final Operation<String, Product> PRODUCT = Service.named("catalog")
      .get("/products{?ids*}")
      .batchOf(Product.class, Product::id)
      .upTo(9);

  private static Composite<String, String> written(long seed) {
    return Composite.named(
        "Random", String.class, id -> new Author(new Random(seed)).text(6, List.of(id)));
  }

  @Property(tries = 100)
  void whatIsWrittenWithoutMistakesHasNone(@ForAll long seed) {
    assertThat(written(seed).findings()).isEmpty();
  }

  @Property(tries = 100)
  void idsHaveNoGapsAndOperandsComeFirstAndAreSeen(@ForAll long seed) {
    Graph graph = written(seed).graph();
    for (int id = 0; id < graph.nodes().size(); id++) {
      Node node = graph.nodes().get(id);
      assertThat(node.id()).isEqualTo(id);
      assertThat(graph.scopes()).contains(node.scope());
      for (Node operand : operands(node)) {
        assertThat(operand.id()).isLessThan(id);
        assertThat(operand.scope().encloses(node.scope())).isTrue();
      }
    }
    assertThat(graph.nodes()).contains(graph.result());
  }

  @Property(tries = 100)
  void scopesHangOnWhatTheirParentSees(@ForAll long seed) {
    Graph graph = written(seed).graph();
    for (int id = 0; id < graph.scopes().size(); id++) {
      Scope scope = graph.scopes().get(id);
      assertThat(scope.id()).isEqualTo(id);
      if (scope.parent() != null && scope.over() != null) {
        assertThat(scope.parent().id()).isLessThan(id);
        assertThat(graph.nodes()).contains(scope.over());
        assertThat(scope.over().scope().encloses(scope.parent())).isTrue();
      }
    }
    for (Node node : graph.nodes()) {
      if (node instanceof EachNode each) {
        rows(each, each.rows(), each.body());
      } else if (node instanceof WhenNode when) {
        rows(when, when.rows(), when.body());
      } else if (node instanceof RescueNode rescue) {
        rows(rescue, rescue.rows(), rescue.body());
      }
    }
  }

  private static void rows(Node node, Scope rows, Node body) {
    assertThat(rows.parent()).isSameAs(node.scope());
    assertThat(body.scope().encloses(rows)).isTrue();
    assertThat(body.id()).isLessThan(node.id());
  }

  @Property(tries = 100)
  void noScopeCallsTheSameTwice(@ForAll long seed) {
    Set<List<Object>> calls = new HashSet<>();
    for (CallNode call : Shop.calls(written(seed))) {
      assertThat(calls.add(
              List.of(call.scope(), call.operation(), Objects.requireNonNull(call.input()))))
          .isTrue();
    }
  }

  @Property(tries = 100)
  void theSameCodeMakesTheSameGraph(@ForAll long seed) {
    assertThat(written(seed).graph().nodes())
        .hasToString(written(seed).graph().nodes().toString());
  }

  private static List<Node> operands(Node node) {
    if (node instanceof FieldNode field) {
      return List.of(field.of());
    }
    if (node instanceof CallNode call) {
      return call.input() == null ? List.of() : List.of(call.input());
    }
    if (node instanceof ObjectNode object) {
      return object.values();
    }
    if (node instanceof MapNode map) {
      return map.inputs();
    }
    if (node instanceof OrElseNode orElse) {
      return List.of(orElse.main());
    }
    if (node instanceof OrNullNode orNull) {
      return List.of(orNull.main());
    }
    if (node instanceof LimitNode limit) {
      return List.of(limit.list(), limit.count());
    }
    return node instanceof RescueNode rescue ? List.of(rescue.main()) : List.of();
  }

  /** Writes composites by chance. */
  private record Author(Random random) {

    Value<String> text(int depth, List<Value<String>> seen) {
      if (depth == 0) {
        return seen.get(random.nextInt(seen.size()));
      }
      int less = depth - 1;
      return switch (random.nextInt(10)) {
        case 0 -> seen.get(random.nextInt(seen.size()));
        case 1 -> PRODUCT.call(text(less, seen)).get(Product::name);
        case 2 -> Shop.USER.call(text(less, seen)).get(User::name);
        case 3 -> text(less, seen).map(String.class, String::strip);
        case 4 -> text(less, seen).orElse("none");
        case 5 -> text(less, seen).orElseGet(() -> text(less, seen));
        case 6 -> when(constant(random.nextBoolean()), () -> text(less, seen)).orElse("none");
        case 7 -> person(less, seen).map(String.class, User::name);
        case 8 -> person(less, seen).get(User::name);
        default -> texts(less, seen).map(String.class, all -> String.join(",", all));
      };
    }

    private Value<User> person(int depth, List<Value<String>> seen) {
      return object(User.class)
          .with(User::id, text(depth, seen))
          .with(User::name, text(depth, seen));
    }

    private Items<String> texts(int depth, List<Value<String>> seen) {
      Items<String> items = random.nextBoolean()
          ? PRODUCT.call(text(depth, seen)).items(Product::warehouses).atMost(3)
          : list(constantOf(new TypeRef<List<String>>() {}, List.of("a", "b"))).atMost(2);
      return items.first(constant(random.nextInt(3))).each(item -> {
        List<Value<String>> more = new ArrayList<>(seen);
        more.add(item);
        return text(depth, more);
      });
    }
  }
}

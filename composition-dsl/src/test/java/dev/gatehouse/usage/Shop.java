package dev.gatehouse.usage;

import dev.gatehouse.dsl.Composite;
import dev.gatehouse.dsl.ListOperation;
import dev.gatehouse.dsl.Operation;
import dev.gatehouse.dsl.Service;
import dev.gatehouse.dsl.contract.Nothing;
import dev.gatehouse.dsl.graph.Graph;
import dev.gatehouse.dsl.graph.Node;
import dev.gatehouse.dsl.graph.Node.CallNode;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Services to compose in tests, and what to ask of graphs. */
final class Shop {

  record Product(String id, String name, @Nullable String note, List<String> warehouses) {}

  record Price(String productId, BigDecimal amount, int cents) {}

  record Review(int rating, String text, @Nullable String authorId) {}

  record User(String id, String name) {}

  record Line(String cart, String sku, int count) {}

  record Cart(String id, List<String> skus) {}

  sealed interface Media permits Book, Film {
    String title();
  }

  record Book(String title, int pages) implements Media {}

  record Film(String title, int minutes) implements Media {}

  static final Operation<String, Product> PRODUCT =
      Service.named("catalog").get("/products/{id}").named("product").returns(Product.class);

  static final Operation<String, Price> PRICE = Service.named("pricing")
      .get("/prices{?ids*}")
      .batchOf(Price.class, Price::productId)
      .upTo(100);

  static final ListOperation<String, Review> REVIEWS = Service.named("reviews")
      .get("/reviews{?product}")
      .returnsList(Review.class)
      .atMost(50);

  static final Operation<String, User> USER =
      Service.named("users").get("/users{?ids*}").batchOf(User.class, User::id).upTo(50);

  static final Operation<String, User> ONE_USER =
      Service.named("users").get("/users/{id}").named("user").returns(User.class);

  static final Operation<String, Cart> CART =
      Service.named("carts").get("/carts/{id}").named("cart").returns(Cart.class);

  static final Operation<Line, Nothing> REMOVE = Service.named("carts")
      .delete("/carts/{cart}/lines/{sku}{?count}")
      .named("remove")
      .returnsNothing();

  static final Operation<Line, Line> ADD =
      Service.named("carts").post("/carts/{cart}/lines").named("add").returns(Line.class);

  static final Operation<String, Media> MEDIA =
      Service.named("media").get("/media/{id}").returns(Media.class);

  private Shop() {}

  static List<CallNode> calls(Composite<?, ?> composite) {
    return nodes(composite.graph(), CallNode.class);
  }

  static List<String> callNames(Composite<?, ?> composite) {
    return calls(composite).stream().map(call -> call.operation().name()).toList();
  }

  static <N extends Node> List<N> nodes(Graph graph, Class<N> kind) {
    return graph.nodes().stream().filter(kind::isInstance).map(kind::cast).toList();
  }

  static <N extends Node> N only(Composite<?, ?> composite, Class<N> kind) {
    List<N> nodes = nodes(composite.graph(), kind);
    if (nodes.size() != 1) {
      throw new AssertionError("expected one " + kind.getSimpleName() + ", found " + nodes);
    }
    return nodes.get(0);
  }
}

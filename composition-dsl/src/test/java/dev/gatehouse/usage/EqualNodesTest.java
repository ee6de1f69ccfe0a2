package dev.gatehouse.usage;

import static dev.gatehouse.dsl.Verbs.constant;
import static dev.gatehouse.dsl.Verbs.list;
import static dev.gatehouse.dsl.Verbs.object;
import static dev.gatehouse.dsl.Verbs.when;
import static dev.gatehouse.usage.Shop.calls;
import static dev.gatehouse.usage.Shop.nodes;
import static dev.gatehouse.usage.Shop.only;
import static java.time.Duration.ofMillis;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.dsl.Composite;
import dev.gatehouse.dsl.Value;
import dev.gatehouse.dsl.graph.Node.CallNode;
import dev.gatehouse.dsl.graph.Node.EachNode;
import dev.gatehouse.dsl.graph.Node.FieldNode;
import dev.gatehouse.dsl.graph.Node.MapNode;
import dev.gatehouse.dsl.graph.Node.ObjectNode;
import dev.gatehouse.dsl.graph.Scope.Kind;
import dev.gatehouse.usage.Shop.Product;
import dev.gatehouse.usage.Shop.Review;
import dev.gatehouse.usage.Shop.User;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Equal calls with equal inputs are one node, and nodes live as far out as they can. */
class EqualNodesTest {

  record Names(String first, String second) {}

  record ReviewView(String product, String text, @Nullable User author) {}

  record Maybe(@Nullable Product product) {}

  @Test
  void anEqualCallIsTheSameNode() {
    var composite = Composite.named(
        "Names",
        String.class,
        id -> object(Names.class)
            .with(Names::first, Shop.PRODUCT.call(id).get(Product::name))
            .with(Names::second, Shop.PRODUCT.call(id).get(Product::name)));

    assertThat(calls(composite)).hasSize(1);
    assertThat(nodes(composite.graph(), FieldNode.class)).hasSize(1);
    ObjectNode result = (ObjectNode) composite.graph().result();
    assertThat(result.values().get(0)).isSameAs(result.values().get(1));
  }

  @Test
  void aCallWithAnotherInputOrLimitIsAnotherNode() {
    var composite = Composite.named(
        "Names",
        String.class,
        id -> object(Names.class)
            .with(Names::first, Shop.PRODUCT.call(id).get(Product::name))
            .with(Names::second, Shop.PRODUCT.call(id).within(ofMillis(50)).get(Product::name)));

    assertThat(calls(composite)).extracting(CallNode::timeout).containsExactly(null, ofMillis(50));
  }

  @Test
  void aCallThatUsesNoElementIsWrittenOutsideTheEach() {
    var composite = Composite.named(
        "Reviews",
        String.class,
        id -> Shop.REVIEWS
            .call(id)
            .each(review -> object(ReviewView.class)
                .from(review)
                .with(ReviewView::product, Shop.PRODUCT.call(id).get(Product::name))
                .with(ReviewView::author, Shop.USER.call(review.get(Review::authorId)))));

    assertThat(composite.findings()).isEmpty();
    assertThat(calls(composite))
        .extracting(call -> call.operation().service() + " in " + call.scope().kind())
        .containsExactly("reviews in ROOT", "catalog in ROOT", "users in EACH");
  }

  @Test
  void aCallInsideWhenStaysThere() {
    var composite = Composite.named(
        "Maybe",
        String.class,
        id -> object(Maybe.class)
            .with(Maybe::product, when(constant(true), () -> Shop.PRODUCT.call(id))));

    assertThat(only(composite, CallNode.class).scope().kind()).isEqualTo(Kind.WHEN);
  }

  @Test
  void aCallInsideWhenIsTheOneOutsideWhereThatExists() {
    record Both(Product always, @Nullable Product sometimes) {}
    var composite = Composite.named(
        "Both",
        String.class,
        id -> object(Both.class)
            .with(Both::always, Shop.PRODUCT.call(id))
            .with(Both::sometimes, when(constant(true), () -> Shop.PRODUCT.call(id))));

    assertThat(only(composite, CallNode.class).scope().kind()).isEqualTo(Kind.ROOT);
  }

  @Test
  void eachOverTheSameListReusesItsRows() {
    record Twice(List<String> texts, List<Integer> ratings, List<String> few) {}
    var composite = Composite.named("Twice", String.class, id -> {
      var reviews = Shop.REVIEWS.call(id);
      return object(Twice.class)
          .with(Twice::texts, reviews.each(review -> review.get(Review::text)))
          .with(Twice::ratings, reviews.each(review -> review.get(Review::rating)))
          .with(Twice::few, reviews.atMost(3).each(review -> review.get(Review::text)));
    });

    List<EachNode> lists = nodes(composite.graph(), EachNode.class);
    assertThat(lists).hasSize(3);
    assertThat(lists.get(0).rows())
        .isSameAs(lists.get(1).rows())
        .isNotSameAs(lists.get(2).rows());
    assertThat(lists).extracting(each -> each.rows().atMost()).containsExactly(50, 50, 3);
  }

  @Test
  void aPartOfAnObjectIsWhatItIsBoundTo() {
    var composite = Composite.named(
        "Id",
        String.class,
        id -> object(Names.class)
            .with(Names::first, id)
            .with(Names::second, constant("b"))
            .get(Names::first));

    assertThat(composite.graph().nodes()).hasSize(1);
  }

  @Test
  void whatNothingNeedsIsNoPartOfTheGraph() {
    var composite = Composite.named("Lean", String.class, id -> {
      Shop.PRODUCT.call(id);
      return Shop.PRICE.call(id);
    });

    assertThat(Shop.callNames(composite)).containsExactly("GET /prices{?ids*}");
    assertThat(composite.graph().nodes()).extracting(node -> node.id()).containsExactly(0, 1);
  }

  @Test
  void equalJavaFunctionsOfEqualValuesAreOne() {
    var composite = Composite.named(
        "Upper",
        String.class,
        id -> object(Names.class).with(Names::first, upper(id)).with(Names::second, upper(id)));

    assertThat(only(composite, MapNode.class).description()).isEqualTo("String::toUpperCase");
  }

  private static Value<String> upper(Value<String> text) {
    return text.map(String.class, String::toUpperCase);
  }

  @Test
  void aCompositeCalledTwiceIsWrittenOnce() {
    Composite<String, List<Review>> reviews =
        Composite.named("Reviews", String.class, Shop.REVIEWS::call);
    record Twice(List<String> texts, List<Integer> ratings) {}
    var composite = Composite.named(
        "Twice",
        String.class,
        id -> object(Twice.class)
            .with(Twice::texts, list(reviews.call(id)).each(review -> review.get(Review::text)))
            .with(
                Twice::ratings, list(reviews.call(id)).each(review -> review.get(Review::rating))));

    assertThat(composite.findings()).isEmpty();
    assertThat(calls(composite)).hasSize(1);
  }
}

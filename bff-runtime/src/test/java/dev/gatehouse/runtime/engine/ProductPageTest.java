package dev.gatehouse.runtime.engine;

import static dev.gatehouse.dsl.Verbs.object;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.dsl.Caller;
import dev.gatehouse.dsl.Composite;
import dev.gatehouse.dsl.ListOperation;
import dev.gatehouse.dsl.Operation;
import dev.gatehouse.dsl.Service;
import dev.gatehouse.dsl.Value;
import dev.gatehouse.runtime.plan.Plan;
import dev.gatehouse.runtime.plan.Selection;
import dev.gatehouse.runtime.upstream.FailureClass;
import dev.gatehouse.runtime.upstream.UpstreamException;
import io.vertx.core.Vertx;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** The design's example: everything in parallel that can be, one call for all of a kind, and losses where they may be. */
class ProductPageTest {
  private static final Vertx VERTX = Vertx.vertx();

  record Product(String id, String name, List<String> warehouses) {}

  record Price(String productId, BigDecimal amount) {}

  record StockKey(String productId, String warehouse) {}

  record Stock(String productId, String warehouse, int units) {}

  record Review(int rating, String authorId) {}

  record User(String id, String name) {}

  record StockView(String warehouse, int units) {}

  record ReviewView(int rating, @Nullable User author) {}

  record Card(String id, String name, @Nullable Price price) {}

  record Page(
      String id,
      String name,
      Price price,
      List<StockView> stock,
      List<ReviewView> reviews,
      List<Card> related) {}

  static final Operation<String, Product> PRODUCT = Service.named("catalog")
      .get("/products{?ids*}")
      .batchOf(Product.class, Product::id)
      .upTo(100);
  static final Operation<String, Price> PRICE = Service.named("pricing")
      .get("/prices{?ids}")
      .batchOf(Price.class, Price::productId)
      .upTo(2);
  static final Operation<StockKey, Stock> STOCK = Service.named("inventory")
      .post("/stock/query")
      .safe()
      .batchOf(Stock.class, Stock::productId, Stock::warehouse)
      .upTo(100);
  static final ListOperation<String, Review> REVIEWS = Service.named("reviews")
      .get("/reviews{?product}")
      .at("items")
      .returnsList(Review.class)
      .atMost(50);
  static final Operation<String, User> USER =
      Service.named("users").get("/users{?ids*}").batchOf(User.class, User::id).upTo(50);
  static final ListOperation<String, String> RELATED = Service.named("recommendations")
      .get("/related/{id}")
      .returnsList(String.class)
      .atMost(20);

  static final Composite<String, Page> PAGE = Composite.named("Page", String.class, id -> {
    Value<Product> product = PRODUCT.call(id);
    return object(Page.class)
        .from(product)
        .with(Page::price, PRICE.call(id))
        .with(
            Page::stock,
            product
                .items(Product::warehouses)
                .atMost(10)
                .each(warehouse -> object(StockView.class)
                    .from(STOCK.call(object(StockKey.class)
                        .with(StockKey::productId, id)
                        .with(StockKey::warehouse, warehouse)))))
        .with(
            Page::reviews,
            REVIEWS
                .call(id)
                .each(review -> object(ReviewView.class)
                    .from(review)
                    .with(ReviewView::author, USER.call(review.get(Review::authorId)))))
        .with(
            Page::related,
            RELATED
                .call(id)
                .within(Duration.ofMillis(80))
                .orEmpty()
                .each(other -> object(Card.class)
                    .from(PRODUCT.call(other))
                    .with(Card::price, PRICE.call(other))));
  });

  private final ScriptedServices services = new ScriptedServices()
      .answer(
          "catalog GET /products?ids=p1",
          "[{\"id\":\"p1\",\"name\":\"Lamp\",\"cost\":7,\"warehouses\":[\"a\",\"b\"]}]")
      .answer("pricing GET /prices?ids=p1", "[{\"productId\":\"p1\",\"amount\":1.10}]")
      .answer(
          "inventory POST /stock/query [{\"productId\":\"p1\",\"warehouse\":\"a\"},{\"productId\":\"p1\",\"warehouse\":\"b\"}]",
          "[{\"warehouse\":\"b\",\"productId\":\"p1\",\"units\":2},{\"warehouse\":\"a\",\"productId\":\"p1\",\"units\":1}]")
      .answer(
          "reviews GET /reviews?product=p1",
          "{\"items\":[{\"rating\":5,\"authorId\":\"u1\"},{\"rating\":3,\"authorId\":\"u2\"},{\"rating\":4,\"authorId\":\"u1\"}]}")
      .answer("users GET /users?ids=u1&ids=u2", "[{\"id\":\"u1\",\"name\":\"Jo\"}]")
      .answer("recommendations GET /related/p1", "[\"p2\",\"p3\",\"p1\"]")
      .answer(
          "catalog GET /products?ids=p2&ids=p3",
          "[{\"id\":\"p3\",\"name\":\"Desk\",\"warehouses\":[]},{\"id\":\"p2\",\"name\":\"Bed\",\"warehouses\":[]}]")
      .answer("pricing GET /prices?ids=p2,p3", "[{\"productId\":\"p3\",\"amount\":3.00}]");

  @AfterAll
  static void close() {
    VERTX.close().await();
  }

  @Test
  void composesThePageWithOneCallPerKind() {
    Answer answer = run(null);
    assertThat(answer.failure()).isNull();
    assertThat(String.valueOf(answer.json()))
        .isEqualTo(
            "{\"id\":\"p1\",\"name\":\"Lamp\",\"price\":{\"productId\":\"p1\",\"amount\":1.10},"
                + "\"stock\":[{\"warehouse\":\"a\",\"units\":1},{\"warehouse\":\"b\",\"units\":2}],"
                + "\"reviews\":[{\"rating\":5,\"author\":{\"id\":\"u1\",\"name\":\"Jo\"}},{\"rating\":3,\"author\":null},"
                + "{\"rating\":4,\"author\":{\"id\":\"u1\",\"name\":\"Jo\"}}],"
                + "\"related\":[{\"id\":\"p2\",\"name\":\"Bed\",\"price\":null},"
                + "{\"id\":\"p3\",\"name\":\"Desk\",\"price\":{\"productId\":\"p3\",\"amount\":3.00}},"
                + "{\"id\":\"p1\",\"name\":\"Lamp\",\"price\":{\"productId\":\"p1\",\"amount\":1.10}}]}");
    assertThat(services.calls).hasSize(8);
    assertThat(answer.losses()).isEmpty();
    assertThat(answer.calls()).hasSize(8);
  }

  @Test
  void callsOnlyWhatIsSelected() {
    Answer answer = run(Selection.of(Selection.field("name")));
    assertThat(String.valueOf(answer.json())).isEqualTo("{\"name\":\"Lamp\"}");
    assertThat(services.calls).containsExactly("catalog GET /products?ids=p1");
  }

  @Test
  void aFallbackStandsForAFailureAndIsReported() {
    services.fail(
        "recommendations GET /related/p1",
        new UpstreamException(FailureClass.UNREACHABLE, "refused"));
    Answer answer = run(Selection.of(Selection.field("name"), Selection.field("related")));
    assertThat(String.valueOf(answer.json())).isEqualTo("{\"name\":\"Lamp\",\"related\":[]}");
    assertThat(answer.losses()).singleElement().satisfies(loss -> {
      assertThat(loss.path()).containsExactly("related");
      assertThat(loss.failureClass()).isEqualTo(FailureClass.UNREACHABLE);
      assertThat(loss.service()).isEqualTo("recommendations");
      assertThat(loss.replaced()).isTrue();
    });
  }

  @Test
  void aFailureOfARequiredPartIsTheFailureOfTheWhole() {
    services.answer("pricing GET /prices?ids=p1", 503, "");
    Answer answer = run(null);
    assertThat(answer.json()).isNull();
    assertThat(answer.failure()).isEqualTo(FailureClass.SERVER_ERROR);
  }

  @Test
  void anUnknownProductIsAbsent() {
    services.answer("catalog GET /products?ids=p1", "[]");
    Answer answer = run(null);
    assertThat(answer.failure()).isEqualTo(FailureClass.ABSENT);
  }

  @Test
  void aNullableObjectMayBeLost() {
    services.fail(
        "users GET /users?ids=u1&ids=u2", new UpstreamException(FailureClass.TIMED_OUT, "late"));
    Answer answer = run(Selection.of(Selection.field("reviews")));
    assertThat(String.valueOf(answer.json()))
        .isEqualTo(
            "{\"reviews\":[{\"rating\":5,\"author\":null},{\"rating\":3,\"author\":null},{\"rating\":4,\"author\":null}]}");
    assertThat(answer.losses())
        .extracting(Answer.Loss::path)
        .contains(List.of("reviews", 1, "author"));
  }

  @Test
  void independentCallsAreSentAtOnce() {
    services.hold();
    List<Answer> answers = new ArrayList<>();
    compositions().run(plan(null), inputs(), answers::add);
    assertThat(services.calls).hasSize(4);
    assertThat(answers).isEmpty();
    services.release();
    assertThat(answers).hasSize(1);
    assertThat(answers.get(0).failure()).isNull();
  }

  @Test
  void cancellingGivesUpAllCallsInFlight() {
    services.hold();
    List<Answer> answers = new ArrayList<>();
    Execution run = compositions().run(plan(null), inputs(), answers::add);
    run.cancel(FailureClass.CANCELLED);
    assertThat(answers)
        .singleElement()
        .satisfies(answer -> assertThat(answer.failure()).isEqualTo(FailureClass.CANCELLED));
    assertThat(services.requests)
        .allSatisfy(request -> assertThat(request.cancelled()).isNotNull());
    assertThat(services.calls).hasSize(4);
  }

  @Test
  void explainsItself() {
    Plan plan = plan(null);
    assertThat(plan.maxCalls()).isEqualTo(1 + 1 + 1 + 1 + 1 + 1 + 1 + 10);
    assertThat(plan.explain().text())
        .contains("catalog: GET /products{?ids*}")
        .contains("Page(String) -> Page");
    assertThat(plan.explain().mermaid()).startsWith("flowchart LR");
    assertThat(plan.explain().json().getJsonArray("stages").size()).isEqualTo(3);
  }

  private Answer run(@Nullable Selection selection) {
    List<Answer> answers = new ArrayList<>();
    services.hold();
    compositions().run(plan(selection), inputs(), answers::add);
    services.releaseInTurn();
    assertThat(answers).hasSize(1);
    return answers.get(0);
  }

  private static Plan plan(@Nullable Selection selection) {
    return new Compositions(
            VERTX,
            name -> {
              throw new IllegalStateException();
            },
            10,
            CallObserver.NONE)
        .plan(PAGE, selection);
  }

  private Compositions compositions() {
    return new Compositions(VERTX, services, 10, CallObserver.NONE);
  }

  private static Inputs inputs() {
    return new Inputs(
        "\"p1\"".getBytes(StandardCharsets.UTF_8),
        List.of(),
        Caller.ANONYMOUS,
        System.nanoTime() + Duration.ofSeconds(30).toNanos(),
        List.of());
  }
}

package dev.gatehouse.graphql;

import static dev.gatehouse.dsl.Access.anyone;
import static dev.gatehouse.dsl.Verbs.combine;
import static dev.gatehouse.dsl.Verbs.constant;
import static dev.gatehouse.dsl.Verbs.nothing;
import static dev.gatehouse.dsl.Verbs.object;
import static dev.gatehouse.graphql.GraphqlDoor.graphql;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.dsl.Composite;
import dev.gatehouse.dsl.ListOperation;
import dev.gatehouse.dsl.Operation;
import dev.gatehouse.dsl.Service;
import dev.gatehouse.dsl.Value;
import dev.gatehouse.dsl.contract.Nothing;
import dev.gatehouse.graphql.Shop.Price;
import dev.gatehouse.graphql.Shop.Product;
import dev.gatehouse.testing.OpenedDoor;
import io.vertx.core.Context;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Fields that are plain Java stand beside planned ones. */
class JavaFieldsTest {
  record Offer(
      String id,
      String name,
      @Nullable Price price,
      @Nullable String label,
      @Nullable String stock,
      @Nullable Integer rank) {}

  record Shelf(List<Offer> offers) {}

  private final AtomicInteger mapped = new AtomicInteger();
  private final AtomicInteger ranked = new AtomicInteger();
  private volatile boolean blockedAnEventLoop;

  private final Operation<Nothing, Instant> clock = Operation.inJava(
      "clock",
      Nothing.class,
      Instant.class,
      nothing -> CompletableFuture.completedFuture(Instant.EPOCH));

  /** Answers later, from another thread. */
  private final Operation<String, String> stock = Operation.inJava(
      "stock",
      String.class,
      String.class,
      id -> CompletableFuture.supplyAsync(
          () -> id + " in stock", CompletableFuture.delayedExecutor(5, TimeUnit.MILLISECONDS)));

  private final Operation<String, Integer> rank = Operation.blocking(
          "rank", String.class, Integer.class, id -> {
            ranked.incrementAndGet();
            blockedAnEventLoop |= Context.isOnEventLoopThread();
            if (id.equals("9")) {
              throw new IllegalStateException("no rank for 9");
            }
            return Integer.parseInt(id) * 10;
          })
      .perItemUpTo(20);

  private final ListOperation<Nothing, Product> all =
      Service.named("catalog").get("/products").returnsList(Product.class).atMost(10);

  private final Composite<Nothing, Instant> serverTime =
      Composite.withoutInput("ServerTime", () -> clock.call(nothing()));

  private final Composite<String, Offer> offer =
      Composite.named("Offer", String.class, id -> offer(Shop.PRODUCT.call(id)));

  private final Composite<Nothing, Shelf> shelf = Composite.withoutInput(
      "Shelf",
      () -> object(Shelf.class)
          .with(
              Shelf::offers,
              all.call(nothing())
                  .each(product -> object(Offer.class)
                      .from(product)
                      .with(
                          Offer::price,
                          constant(new Price(BigDecimal.ONE, "EUR")).orNull())
                      .with(Offer::label, product.map(String.class, this::label))
                      .with(
                          Offer::stock, product.get(Product::name).map(String.class, String::strip))
                      .with(Offer::rank, rank.call(product.get(Product::id)).orNull()))));

  private final Composite<Nothing, Instant> broken = Composite.withoutInput(
      "Broken",
      () -> Operation.inJava("broken", Nothing.class, Instant.class, nothing -> {
            throw new IllegalStateException("a secret");
          })
          .call(nothing()));

  private final Composite<Nothing, Instant> never = Composite.withoutInput(
          "Never",
          () -> Operation.inJava(
                  "never",
                  Nothing.class,
                  Instant.class,
                  nothing -> new CompletableFuture<Instant>())
              .call(nothing()))
      .within(Duration.ofMillis(50));

  private final OpenedDoor door = OpenedDoor.open(graphql()
      .query("serverTime", serverTime)
      .allow(anyone())
      .query("offer", offer)
      .allow(anyone())
      .query("shelf", shelf)
      .allow(anyone())
      .query("broken", broken)
      .allow(anyone())
      .query("never", never)
      .allow(anyone()));

  private Value<Offer> offer(Value<Product> product) {
    Value<Price> price = Shop.PRICE.call(product.get(Product::id));
    return object(Offer.class)
        .from(product)
        .with(Offer::price, price.orNull())
        .with(Offer::label, combine(String.class, product, price, this::label).orNull())
        .with(Offer::stock, stock.call(product.get(Product::id)).orNull())
        .with(Offer::rank, rank.call(product.get(Product::id)).orNull());
  }

  private String label(Product product) {
    mapped.incrementAndGet();
    if (product.name().isEmpty()) {
      throw new IllegalStateException("no name");
    }
    return product.name() + "!";
  }

  private String label(Product product, Price price) {
    return label(product) + " " + price.amount() + " " + price.currency();
  }

  @AfterEach
  void close() {
    door.close();
  }

  @Test
  void aRootFieldMayBeJavaOnly() {
    assertThat(ask("{ serverTime }"))
        .isEqualTo("{\"data\":{\"serverTime\":\"1970-01-01T00:00:00Z\"}}");
    assertThat(door.services.requests()).isEmpty();
  }

  @Test
  void fieldsInJavaMixWithPlannedOnes() {
    lamp();

    assertThat(ask("{ offer(id: 1) { rank name label stock price { amount } } serverTime }"))
        .isEqualTo(
            "{\"data\":{\"offer\":{\"rank\":10,\"name\":\"Lamp\",\"label\":\"Lamp! 12.50 EUR\","
                + "\"stock\":\"1 in stock\",\"price\":{\"amount\":12.50}},"
                + "\"serverTime\":\"1970-01-01T00:00:00Z\"}}");
    assertThat(blockedAnEventLoop).isFalse();
  }

  @Test
  void whatIsNotSelectedIsNeitherCalledNorComputed() {
    lamp();

    assertThat(ask("{ offer(id: 1) { name } }"))
        .isEqualTo("{\"data\":{\"offer\":{\"name\":\"Lamp\"}}}");
    assertThat(door.services.requests()).containsExactly("GET /products/1");
    assertThat(mapped).hasValue(0);
    assertThat(ranked).hasValue(0);

    ask("{ offer(id: 1) { label } }");
    assertThat(door.services.requests())
        .containsExactlyInAnyOrder("GET /products/1", "GET /prices/1");
    assertThat(ranked).hasValue(0);
  }

  @Test
  void whatJavaCodeThrowsCostsItsFieldOnlyAndStaysInside() {
    lamp();
    door.services
        .json("/products/9", "{\"id\":\"9\",\"name\":\"\"}")
        .json("/prices/9", "{\"amount\":1,\"currency\":\"EUR\"}");

    assertThat(ask("{ offer(id: 9) { id label rank } broken serverTime }"))
        .startsWith(
            "{\"data\":{\"offer\":{\"id\":\"9\",\"label\":null,\"rank\":null},\"broken\":null,"
                + "\"serverTime\":\"1970-01-01T00:00:00Z\"}")
        .contains("\"path\":[\"offer\",\"label\"]", "\"path\":[\"offer\",\"rank\"]")
        .contains("\"path\":[\"broken\"],\"extensions\":{\"code\":\"INTERNAL\"}")
        .doesNotContain("secret", "no name", "no rank", "Exception");
  }

  @Test
  void whatNeverAnswersHasItsDeadline() {
    assertThat(ask("{ never }"))
        .startsWith("{\"data\":{\"never\":null},\"errors\":[")
        .contains("\"path\":[\"never\"],\"extensions\":{\"code\":\"TIMED_OUT\"}");
  }

  @Test
  void elementsOfAListHaveFieldsInJavaToo() {
    door.services.json(
        "/products",
        "[{\"id\":\"1\",\"name\":\"Lamp\"},{\"id\":\"9\",\"name\":\" Desk \"},{\"id\":\"1\",\"name\":\"\"}]");

    assertThat(ask("{ shelf { offers { label stock rank } } }"))
        .startsWith("{\"data\":{\"shelf\":{\"offers\":["
            + "{\"label\":\"Lamp!\",\"stock\":\"Lamp\",\"rank\":10},"
            + "{\"label\":\" Desk !\",\"stock\":\"Desk\",\"rank\":null},"
            + "{\"label\":null,\"stock\":\"\",\"rank\":10}]}}")
        .contains("\"path\":[\"shelf\",\"offers\",1,\"rank\"]")
        .contains("\"path\":[\"shelf\",\"offers\",2,\"label\"]");
    assertThat(ranked).as("equal calls are one").hasValue(2);
  }

  private void lamp() {
    door.services
        .json("/products/1", "{\"id\":\"1\",\"name\":\"Lamp\"}")
        .json("/prices/1", "{\"amount\":12.50,\"currency\":\"EUR\"}");
  }

  private String ask(String query) {
    return door.client().post("/graphql", "{\"query\":\"" + query + "\"}").body();
  }
}

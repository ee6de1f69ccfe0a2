package dev.gatehouse.runtime.engine;

import static dev.gatehouse.dsl.Verbs.constant;
import static dev.gatehouse.dsl.Verbs.constantOf;
import static dev.gatehouse.dsl.Verbs.is;
import static dev.gatehouse.dsl.Verbs.list;
import static dev.gatehouse.dsl.Verbs.object;
import static dev.gatehouse.dsl.Verbs.oneOf;
import static dev.gatehouse.dsl.Verbs.when;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.dsl.Caller;
import dev.gatehouse.dsl.Composite;
import dev.gatehouse.dsl.ListOperation;
import dev.gatehouse.dsl.Operation;
import dev.gatehouse.dsl.Service;
import dev.gatehouse.dsl.TypeRef;
import dev.gatehouse.dsl.Value;
import io.vertx.core.Vertx;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** Values of an outer scope, used in an inner one: each row sees them, and what they need is called once. */
class OuterValuesTest {
  private static final Vertx VERTX = Vertx.vertx();

  record Product(String id, String name, List<String> tags) {}

  record Review(String text) {}

  record View(String text, String name) {}

  record Flag(@Nullable String name) {}

  sealed interface Media permits Book, Film {}

  record Book(String title) implements Media {}

  record Film(String title) implements Media {}

  static final Operation<String, Product> PRODUCT =
      Service.named("catalog").get("/products/{id}").returns(Product.class);
  static final ListOperation<String, Review> REVIEWS =
      Service.named("reviews").get("/reviews/{id}").returnsList(Review.class).atMost(9);
  static final Operation<String, Media> MEDIA =
      Service.named("media").get("/media/{id}").returns(Media.class);

  private final ScriptedServices services = new ScriptedServices()
      .answer("catalog GET /products/1", "{\"id\":\"1\",\"name\":\"Lamp\",\"tags\":[\"a\",\"b\"]}")
      .answer("reviews GET /reviews/1", "[{\"text\":\"x\"},{\"text\":\"y\"}]")
      .answer("media GET /media/1", "{\"type\":\"Film\",\"title\":\"f\"}");

  @AfterAll
  static void closeVertx() {
    VERTX.close().toCompletionStage().toCompletableFuture().join();
  }

  @Test
  void aCallThatUsesNoElementIsMadeOnce() {
    assertThat(answer(id -> REVIEWS
            .call(id)
            .each(review -> object(View.class)
                .from(review)
                .with(View::name, PRODUCT.call(id).get(Product::name)))))
        .isEqualTo("[{\"text\":\"x\",\"name\":\"Lamp\"},{\"text\":\"y\",\"name\":\"Lamp\"}]");
    assertThat(services.calls).hasSize(2);
  }

  @Test
  void everyElementMayBecomeTheSame() {
    assertThat(answer(id -> REVIEWS.call(id).each(review -> PRODUCT.call(id).get(Product::name))))
        .isEqualTo("[\"Lamp\",\"Lamp\"]");
    assertThat(answer(id -> REVIEWS.call(id).each(review -> constant(7)))).isEqualTo("[7,7]");
  }

  @Test
  void anOuterListIsGoneThroughForEveryElement() {
    assertThat(answer(id -> {
          var product = PRODUCT.call(id);
          return REVIEWS
              .call(id)
              .each(review -> product
                  .items(Product::tags)
                  .atMost(5)
                  .each(tag -> object(View.class)
                      .with(View::text, review.get(Review::text))
                      .with(View::name, tag)));
        }))
        .isEqualTo("[[{\"text\":\"x\",\"name\":\"a\"},{\"text\":\"x\",\"name\":\"b\"}],"
            + "[{\"text\":\"y\",\"name\":\"a\"},{\"text\":\"y\",\"name\":\"b\"}]]");
  }

  @Test
  void aConditionMayDecideOverAnOuterValue() {
    assertThat(answer(id -> {
          var name = PRODUCT.call(id).get(Product::name);
          return object(Flag.class).with(Flag::name, when(constant(true), () -> name));
        }))
        .isEqualTo("{\"name\":\"Lamp\"}");
    assertThat(answer(id -> {
          var name = PRODUCT.call(id).get(Product::name);
          return object(Flag.class).with(Flag::name, when(constant(false), () -> name));
        }))
        .isEqualTo("{\"name\":null}");
  }

  @Test
  void anAlternativeMayBeAnOuterValue() {
    assertThat(answer(id -> {
          var name = PRODUCT.call(id).get(Product::name);
          return PRODUCT.call(constant("2")).get(Product::name).orElseGet(() -> name);
        }))
        .isEqualTo("\"Lamp\"");
  }

  @Test
  void aCaseMayBecomeAConstant() {
    assertThat(answer(id -> oneOf(
            Media.class,
            MEDIA.call(id),
            is(Book.class, book -> book),
            is(
                Film.class,
                film ->
                    object(Film.class).with(Film::title, PRODUCT.call(id).get(Product::name))))))
        .isEqualTo("{\"type\":\"Film\",\"title\":\"Lamp\"}");
  }

  @Test
  void constantListsAreLists() {
    assertThat(answer(id -> list(constantOf(new TypeRef<List<String>>() {}, List.of("a", "b")))
            .atMost(2)
            .each(text -> object(View.class).with(View::text, text).with(View::name, id))))
        .isEqualTo("[{\"text\":\"a\",\"name\":\"1\"},{\"text\":\"b\",\"name\":\"1\"}]");
  }

  private <O> String answer(Function<Value<String>, Value<O>> body) {
    Composite<String, O> composite = Composite.named("Test", String.class, body);
    Compositions compositions = new Compositions(VERTX, services, 10, CallObserver.NONE);
    List<Answer> answers = new ArrayList<>();
    Inputs inputs = new Inputs(
        "\"1\"".getBytes(StandardCharsets.UTF_8),
        List.of(),
        Caller.ANONYMOUS,
        System.nanoTime() + Duration.ofSeconds(30).toNanos(),
        List.of());
    compositions.run(compositions.plan(composite, null), inputs, answers::add);
    assertThat(answers).hasSize(1);
    assertThat(answers.get(0).failure()).isNull();
    return String.valueOf(answers.get(0).json());
  }
}

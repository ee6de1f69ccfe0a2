package dev.gatehouse.runtime.engine;

import static dev.gatehouse.dsl.Verbs.object;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.dsl.Caller;
import dev.gatehouse.dsl.Composite;
import dev.gatehouse.dsl.Operation;
import dev.gatehouse.dsl.Service;
import dev.gatehouse.dsl.contract.Nothing;
import dev.gatehouse.runtime.plan.Plan;
import dev.gatehouse.runtime.plan.Selection;
import dev.gatehouse.runtime.upstream.FailureClass;
import io.vertx.core.Vertx;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** Changes run whether or not they are selected, in the order written; what is read after one is read again. */
class CommandsTest {
  private static final Vertx VERTX = Vertx.vertx();

  record Cart(String id, int lines) {}

  record BeforeAndAfter(Cart before, Cart after) {}

  static final Operation<String, Cart> CART =
      Service.named("carts").get("/carts/{id}").returns(Cart.class);
  static final Operation<String, Nothing> CLEAR =
      Service.named("carts").delete("/carts/{id}/lines").returnsNothing();
  static final Operation<String, Nothing> TOUCH =
      Service.named("carts").put("/carts/{id}/touched").noBody().returnsNothing();

  static final Composite<String, BeforeAndAfter> CLEARED =
      Composite.named("Cleared", String.class, id -> {
        var before = CART.call(id);
        CLEAR.call(id);
        TOUCH.call(id);
        return object(BeforeAndAfter.class)
            .with(BeforeAndAfter::before, before)
            .with(BeforeAndAfter::after, CART.call(id));
      });

  private final ScriptedServices services = new ScriptedServices()
      .answer("carts GET /carts/c1", "{\"id\":\"c1\",\"lines\":2}")
      .answer("carts DELETE /carts/c1/lines", 204, "")
      .answer("carts PUT /carts/c1/touched", 204, "");

  @AfterAll
  static void closeVertx() {
    VERTX.close().toCompletionStage().toCompletableFuture().join();
  }

  @Test
  void putAndDeleteRunInOrderAndWhatIsReadIsReadAgain() {
    Answer answer = run(null);
    assertThat(answer.failure()).isNull();
    assertThat(services.calls).hasSize(4).endsWith("carts GET /carts/c1");
    assertThat(services.calls)
        .containsSubsequence(
            "carts DELETE /carts/c1/lines", "carts PUT /carts/c1/touched", "carts GET /carts/c1");
  }

  @Test
  void aChangeIsMadeAlthoughItIsNotSelected() {
    run(Selection.of(Selection.field("before")));
    assertThat(services.calls)
        .containsExactlyInAnyOrder(
            "carts GET /carts/c1", "carts DELETE /carts/c1/lines", "carts PUT /carts/c1/touched");
  }

  @Test
  void whenAChangeFailsTheNextIsNotMade() {
    services.answer("carts DELETE /carts/c1/lines", 500, "");
    assertThat(run(null).failure()).isEqualTo(FailureClass.SERVER_ERROR);
    assertThat(services.calls).doesNotContain("carts PUT /carts/c1/touched");
  }

  @Test
  void whatReachesPutOrDeleteIsACommand() {
    Plan plan = compositions().plan(CLEARED, null);
    assertThat(plan.isCommand()).isTrue();
    assertThat(CLEARED.isCommand()).isTrue();
  }

  private Compositions compositions() {
    return new Compositions(VERTX, services, 10, CallObserver.NONE);
  }

  private Answer run(@Nullable Selection selection) {
    List<Answer> answers = new ArrayList<>();
    Compositions compositions = compositions();
    compositions.run(compositions.plan(CLEARED, selection), inputs(), answers::add);
    assertThat(answers).hasSize(1);
    return answers.get(0);
  }

  private static Inputs inputs() {
    return new Inputs(
        "\"c1\"".getBytes(StandardCharsets.UTF_8),
        List.of(),
        Caller.ANONYMOUS,
        System.nanoTime() + Duration.ofSeconds(30).toNanos(),
        List.of());
  }
}

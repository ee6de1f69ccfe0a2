package dev.gatehouse.runtime.engine;

import static dev.gatehouse.dsl.Verbs.constant;
import static dev.gatehouse.dsl.Verbs.object;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.dsl.Composite;
import dev.gatehouse.dsl.Operation;
import dev.gatehouse.dsl.Service;
import dev.gatehouse.dsl.UndoInput;
import dev.gatehouse.dsl.Value;
import dev.gatehouse.dsl.contract.Nothing;
import dev.gatehouse.runtime.plan.Plan;
import dev.gatehouse.runtime.upstream.FailureClass;
import dev.gatehouse.runtime.upstream.UpstreamException;
import dev.gatehouse.runtime.upstream.UpstreamRequest;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Commands do things in the order written, all of them or, as far as that can be had, none. */
class CommandTest {
  record Order(String id, String sku, int count) {}

  record Stock(String id, int left) {}

  record Payment(String id) {}

  record Receipt(String number, @Nullable String note) {}

  record Done(Stock stock, Payment payment, Receipt receipt) {}

  record Line(String id, String sku) {}

  record Cart(String id, int lines) {}

  static final Operation<String, Nothing> RELEASE =
      Service.named("stock").delete("/reservations/{id}").returnsNothing();

  static final Operation<Order, Nothing> REFUND =
      Service.named("payments").post("/refunds").returnsNothing();

  static final Operation<Order, Stock> RESERVE = Service.named("stock")
      .post("/reservations")
      .<Order, Stock>returns(Stock.class)
      .undoneBy(RELEASE, UndoInput.answer(Stock::id));

  static final Operation<Order, Payment> PAY = Service.named("payments")
      .post("/payments")
      .<Order, Payment>returns(Payment.class)
      .undoneBy(REFUND, UndoInput.wholeInput());

  static final Operation<String, Receipt> RECEIPT =
      Service.named("receipts").post("/receipts/{order}").noBody().returns(Receipt.class);

  static final Operation<String, Cart> CART =
      Service.named("carts").get("/carts/{id}").returns(Cart.class);

  static final Operation<Line, Nothing> CHANGE =
      Service.named("carts").put("/carts/{id}/lines").returnsNothing();

  static final Composite<Order, Done> ORDER = Composite.named(
      "Order",
      Order.class,
      order -> object(Done.class)
          .with(Done::stock, RESERVE.call(order))
          .with(Done::payment, PAY.call(order))
          .with(Done::receipt, RECEIPT.call(order.get(Order::id))));

  private static final String INPUT = "{\"id\":\"o\",\"sku\":\"s\",\"count\":2}";
  private static final String RESERVE_CALL = "stock POST /reservations " + INPUT;
  private static final String PAY_CALL = "payments POST /payments " + INPUT;
  private static final String RECEIPT_CALL = "receipts POST /receipts/o";
  private static final String RELEASE_CALL = "stock DELETE /reservations/r";
  private static final String REFUND_CALL = "payments POST /refunds " + INPUT;

  private final ScriptedServices services = new ScriptedServices()
      .answer(RESERVE_CALL, "{\"id\":\"r\",\"left\":1}")
      .answer(PAY_CALL, "{\"id\":\"p\"}")
      .answer(RECEIPT_CALL, "{\"number\":\"n\"}")
      .answer(RELEASE_CALL, 204, "")
      .answer(REFUND_CALL, 204, "");

  @Test
  void callsThatChangeSomethingAreMadeOneAfterTheOther() {
    services.hold();
    Trial trial = Trial.of(ORDER, services).given(INPUT);
    trial.start();
    assertThat(services.calls).containsExactly(RESERVE_CALL);
    services.releaseOne(RESERVE_CALL);
    assertThat(services.calls).containsExactly(RESERVE_CALL, PAY_CALL);
    services.releaseOne(PAY_CALL);
    assertThat(services.calls).containsExactly(RESERVE_CALL, PAY_CALL, RECEIPT_CALL);
    services.release();
    assertThat(Trial.json(trial.answer()))
        .isEqualTo("{\"stock\":{\"id\":\"r\",\"left\":1},\"payment\":{\"id\":\"p\"},"
            + "\"receipt\":{\"number\":\"n\",\"note\":null}}");
    assertThat(trial.answer().freshness()).isEqualTo(Freshness.NO_STORE);
    assertThat(trial.answer().changes()).isEqualTo(Changes.DONE);
  }

  @Test
  void aSelectionDoesNotPruneWhatChangesSomething() {
    Trial trial = Trial.of(ORDER, services).given(INPUT).selecting("receipt");
    assertThat(trial.json()).isEqualTo("{\"receipt\":{\"number\":\"n\",\"note\":null}}");
    assertThat(services.calls).containsExactly(RESERVE_CALL, PAY_CALL, RECEIPT_CALL);
  }

  @Test
  void afterAFailureNothingElseIsAttemptedAndWhatWasDoneIsUndoneLastFirst() {
    services.answer(RECEIPT_CALL, 500, "");
    Trial trial = Trial.of(ORDER, services).given(INPUT);
    Answer answer = trial.run();
    assertThat(answer.failure()).isEqualTo(FailureClass.SERVER_ERROR);
    assertThat(answer.json()).isNull();
    assertThat(services.calls)
        .containsExactly(RESERVE_CALL, PAY_CALL, RECEIPT_CALL, REFUND_CALL, RELEASE_CALL);
    assertThat(answer.calls()).hasSize(5);
    assertThat(answer.changes()).isEqualTo(Changes.UNDONE);
  }

  @Test
  void whatFailsFirstLeavesNothingToUndo() {
    services.fail(RESERVE_CALL, new UpstreamException(FailureClass.UNREACHABLE, "down"));
    Trial trial = Trial.of(ORDER, services).given(INPUT).selecting("receipt");
    assertThat(trial.run().failure()).isEqualTo(FailureClass.UNREACHABLE);
    assertThat(services.calls).containsExactly(RESERVE_CALL);
    assertThat(trial.answer().changes())
        .as("the connection may have broken after the change")
        .isEqualTo(Changes.UNKNOWN);
  }

  @Test
  void whatSurelyWasNotLookedAtHasChangedNothing() {
    services.fail(
        RESERVE_CALL,
        new UpstreamException(FailureClass.UNREACHABLE, "no connection", 0, null, true));
    assertThat(Trial.of(ORDER, services).given(INPUT).run().changes()).isEqualTo(Changes.NONE);
  }

  @Test
  void whatIsRefusedFirstHasChangedNothing() {
    services.answer(RESERVE_CALL, 409, "");
    assertThat(Trial.of(ORDER, services).given(INPUT).run().changes()).isEqualTo(Changes.NONE);
  }

  @Test
  void aChangeThatNothingUndoesStands() {
    services
        .answer("receipts POST /receipts/p", "{\"number\":\"n\"}")
        .answer(RECEIPT_CALL, 500, "");
    record Two(Receipt first, Receipt second) {}
    Composite<String, Two> two = Composite.named(
        "Two",
        String.class,
        order -> object(Two.class)
            .with(Two::first, RECEIPT.call(constant("p")))
            .with(Two::second, RECEIPT.call(order)));
    assertThat(Trial.of(two, services).given("\"o\"").run().changes()).isEqualTo(Changes.DONE);
  }

  @Test
  void whatOnlyReadsSaysNothingOfChanges() {
    Composite<String, Cart> read = Composite.named("Read", String.class, CART::call);
    services.answer("carts GET /carts/o", "{\"id\":\"o\",\"lines\":1}");
    assertThat(Trial.of(read, services).given("\"o\"").run().changes()).isNull();
  }

  @Test
  void afterAnAnswerThatSomethingDoesNotExistNothingElseIsAttempted() {
    services.answer(PAY_CALL, 404, "");
    Trial trial = Trial.of(ORDER, services).given(INPUT);
    assertThat(trial.run().failure()).isEqualTo(FailureClass.ABSENT);
    assertThat(services.calls).containsExactly(RESERVE_CALL, PAY_CALL, RELEASE_CALL);
  }

  @Test
  void whatCannotBeUndoneDoesNotKeepTheRestFromBeingUndone() {
    services.answer(RECEIPT_CALL, 500, "").answer(REFUND_CALL, 500, "");
    Trial trial = Trial.of(ORDER, services).given(INPUT);
    assertThat(trial.run().failure()).isEqualTo(FailureClass.SERVER_ERROR);
    assertThat(services.calls).endsWith(REFUND_CALL, RELEASE_CALL);
    assertThat(trial.answer().changes()).isEqualTo(Changes.UNDOING_FAILED);
  }

  record Lenient(Stock stock, @Nullable Payment payment, Receipt receipt) {}

  @Test
  void aFailureThatIsDealtWithDoesNotStopTheCommand() {
    Composite<Order, Lenient> lenient = Composite.named(
        "Lenient",
        Order.class,
        order -> object(Lenient.class)
            .with(Lenient::stock, RESERVE.call(order))
            .with(Lenient::payment, PAY.call(order).orNull())
            .with(Lenient::receipt, RECEIPT.call(order.get(Order::id))));
    services.answer(PAY_CALL, 500, "");
    Trial trial = Trial.of(lenient, services).given(INPUT);
    assertThat(trial.json()).contains("\"payment\":null").contains("\"number\":\"n\"");
    assertThat(services.calls).containsExactly(RESERVE_CALL, PAY_CALL, RECEIPT_CALL);

    services.calls.clear();
    services.answer(RESERVE_CALL, 500, "");
    Trial broken = Trial.of(lenient, services).given(INPUT);
    assertThat(broken.run().failure()).isEqualTo(FailureClass.SERVER_ERROR);
    assertThat(services.calls).containsExactly(RESERVE_CALL);
  }

  @Test
  void theSameUnsafeCallWrittenTwiceIsMadeTwice() {
    record Twice(Receipt first, Receipt second) {}
    Composite<String, Twice> twice = Composite.named(
        "Twice",
        String.class,
        order -> object(Twice.class)
            .with(Twice::first, RECEIPT.call(order))
            .with(Twice::second, RECEIPT.call(order)));
    Trial trial = Trial.of(twice, services).given("\"o\"");
    assertThat(trial.json()).contains("\"second\":{\"number\":\"n\"");
    assertThat(services.calls).containsExactly(RECEIPT_CALL, RECEIPT_CALL);
  }

  @Test
  void whatIsReadAfterAChangeIsReadAfterIt() {
    record Both(Cart before, Receipt receipt, Cart after) {}
    Composite<String, Both> both = Composite.named("Both", String.class, id -> {
      Value<Cart> before = CART.call(id);
      Value<Receipt> receipt = RECEIPT.call(id);
      return object(Both.class)
          .with(Both::before, before)
          .with(Both::receipt, receipt)
          .with(Both::after, CART.call(id));
    });
    services.answer("carts GET /carts/o", "{\"id\":\"o\",\"lines\":1}").hold();
    Trial trial = Trial.of(both, services).given("\"o\"");
    trial.start();
    assertThat(services.calls).containsExactlyInAnyOrder("carts GET /carts/o", RECEIPT_CALL);
    services.releaseOne("carts GET /carts/o");
    services.answer("carts GET /carts/o", "{\"id\":\"o\",\"lines\":2}");
    services.release();
    assertThat(Trial.json(trial.answer()))
        .contains("\"before\":{\"id\":\"o\",\"lines\":1}")
        .contains("\"after\":{\"id\":\"o\",\"lines\":2}");
  }

  @Test
  void whatMayBeRepeatedChangesSomethingAllTheSame() {
    Composite<Line, Cart> change = Composite.named("Change", Line.class, line -> {
      CHANGE.call(line);
      return CART.call(line.get(Line::id));
    });
    services
        .answer("carts PUT /carts/c/lines {\"sku\":\"s\"}", 204, "")
        .answer("carts GET /carts/c", "{\"id\":\"c\",\"lines\":1}")
        .hold();
    Trial trial =
        Trial.of(change, services).given("{\"id\":\"c\",\"sku\":\"s\"}").selecting("lines");
    trial.start();
    assertThat(services.calls).containsExactly("carts PUT /carts/c/lines {\"sku\":\"s\"}");
    services.release();
    assertThat(Trial.json(trial.answer())).isEqualTo("{\"lines\":1}");
    assertThat(trial.plan().isCommand()).isTrue();
    assertThat(Plan.commandOf(change.graph())).isTrue();
  }

  @Test
  void aChangeThatFailsFailsTheCommandEvenIfItsAnswerIsNotNeeded() {
    Composite<Line, Cart> change = Composite.named("Change", Line.class, line -> {
      CHANGE.call(line);
      return CART.call(line.get(Line::id));
    });
    services
        .answer("carts PUT /carts/c/lines {\"sku\":\"s\"}", 409, "")
        .answer("carts GET /carts/c", "{\"id\":\"c\",\"lines\":1}");
    Trial trial = Trial.of(change, services).given("{\"id\":\"c\",\"sku\":\"s\"}");
    assertThat(trial.run().failure()).isEqualTo(FailureClass.REJECTED);
  }

  @Test
  void anUnsafeCallUnderWayIsLeftToEndAndThenUndone() {
    services.hold();
    Trial trial = Trial.of(ORDER, services).given(INPUT);
    Execution run = trial.start();
    run.cancel(FailureClass.CANCELLED);
    assertThat(trial.answers).isEmpty();
    assertThat(services.requests)
        .extracting(UpstreamRequest::cancelled)
        .containsExactly((UpstreamException) null);
    services.release();
    assertThat(trial.answer().failure()).isEqualTo(FailureClass.CANCELLED);
    assertThat(services.calls).containsExactly(RESERVE_CALL, RELEASE_CALL);
  }

  @Test
  void afterTheDeadlineNothingIsChanged() {
    Trial trial = Trial.of(ORDER, services).given(INPUT).until(System.nanoTime() - 1);
    assertThat(trial.run().failure()).isEqualTo(FailureClass.TIMED_OUT);
    assertThat(services.calls).isEmpty();
  }
}

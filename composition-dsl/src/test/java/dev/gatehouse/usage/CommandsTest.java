package dev.gatehouse.usage;

import static dev.gatehouse.usage.Shop.callNames;
import static dev.gatehouse.usage.Shop.calls;
import static java.time.Duration.ofMillis;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.dsl.Composite;
import dev.gatehouse.dsl.Operation;
import dev.gatehouse.dsl.Service;
import dev.gatehouse.dsl.UndoInput;
import dev.gatehouse.dsl.finding.Code;
import dev.gatehouse.dsl.finding.Finding;
import dev.gatehouse.dsl.graph.Node.CallNode;
import dev.gatehouse.dsl.graph.Node.Compensation;
import dev.gatehouse.dsl.graph.OperationSpec.Safety;
import dev.gatehouse.usage.Shop.Line;
import org.junit.jupiter.api.Test;

/** Composites that change something. */
class CommandsTest {

  @Test
  void aCompositeThatReachesAChangeIsACommand() {
    assertThat(Composite.named("Read", String.class, Shop.CART::call).isCommand())
        .isFalse();
    assertThat(Composite.named("Remove", Line.class, Shop.REMOVE::call).isCommand())
        .isTrue();
    assertThat(Composite.named("Add", Line.class, Shop.ADD::call).isCommand()).isTrue();
  }

  @Test
  void aChangeRunsAlthoughNothingNeedsItsAnswer() {
    var composite = Composite.named("Remove", Line.class, line -> {
      Shop.REMOVE.call(line);
      return Shop.CART.call(line.get(Line::cart));
    });

    assertThat(callNames(composite)).containsExactly("remove", "cart");
    assertThat(composite.effects())
        .extracting(call -> call.operation().name())
        .containsExactly("remove");
  }

  @Test
  void changesAreNeverMerged() {
    var composite = Composite.named("AddTwice", Line.class, line -> {
      Shop.ADD.call(line);
      return Shop.ADD.call(line);
    });

    assertThat(callNames(composite)).containsExactly("add", "add");
  }

  @Test
  void whatIsReadBeforeAChangeIsReadAgainAfterIt() {
    record BeforeAndAfter(Shop.Cart before, Shop.Cart after) {}
    var composite = Composite.named("Add", Line.class, line -> {
      var before = Shop.CART.call(line.get(Line::cart));
      Shop.ADD.call(line);
      return dev.gatehouse.dsl.Verbs.object(BeforeAndAfter.class)
          .with(BeforeAndAfter::before, before)
          .with(BeforeAndAfter::after, Shop.CART.call(line.get(Line::cart)));
    });

    assertThat(callNames(composite)).containsExactly("cart", "add", "cart");
  }

  @Test
  void aLimitReplacesTheChangeItIsSetOn() {
    var composite =
        Composite.named("Add", Line.class, line -> Shop.ADD.call(line).within(ofMillis(100)));

    assertThat(calls(composite)).extracting(CallNode::timeout).containsExactly(ofMillis(100));
    assertThat(composite.effects()).hasSize(1);
  }

  @Test
  void aLimitOnACompositeReplacesItsChanges() {
    var inner = Composite.named("Add", Line.class, Shop.ADD::call);
    var composite =
        Composite.named("Outer", Line.class, line -> inner.call(line).within(ofMillis(100)));

    assertThat(callNames(composite)).containsExactly("add");
    assertThat(calls(composite).get(0).groups())
        .extracting(group -> group.limit())
        .containsExactly(ofMillis(100));
  }

  @Test
  void aChangeNamesWhatUndoesIt() {
    Operation<Line, Line> add = Shop.ADD.undoneBy(Shop.REMOVE, UndoInput.wholeAnswer());
    var composite = Composite.named("Add", Line.class, add::call);

    assertThat(composite.findings()).isEmpty();
    Compensation undo = calls(composite).get(0).compensation();
    assertThat(undo).isNotNull();
    assertThat(undo.operation().name()).isEqualTo("remove");
    assertThat(undo.input().fromAnswer()).isTrue();
    assertThat(undo.input().component()).isNull();
  }

  @Test
  void aChangeIsUndoneWithAComponentOfItsInput() {
    Operation<String, Object> clear =
        Service.named("carts").delete("/carts/{id}").returns(Object.class);
    Operation<Line, Line> add = Shop.ADD.undoneBy(clear, UndoInput.input(Line::cart));
    var composite = Composite.named("Add", Line.class, add::call);

    assertThat(composite.findings()).isEmpty();
    assertThat(calls(composite).get(0).compensation().input().component().javaName())
        .isEqualTo("cart");
  }

  @Test
  void whatUndoesHasToBeCallableWithWhatItIsGiven() {
    Operation<Line, Line> add = Shop.ADD.undoneBy(Shop.REMOVE, UndoInput.input(line -> line));
    var lambda = Composite.named("Add", Line.class, add::call);
    assertThat(lambda.findings()).extracting(Finding::code).containsExactly(Code.COMPENSATION);

    Operation<String, Object> clear =
        Service.named("carts").delete("/carts/{id}{?reason}").returns(Object.class);
    var unbound = Composite.named(
        "Add", Line.class, Shop.ADD.undoneBy(clear, UndoInput.input(Line::cart))::call);
    assertThat(unbound.findings()).extracting(Finding::code).containsOnly(Code.VARIABLE_UNBOUND);
  }

  @Test
  void methodsSayWhatIsSafe() {
    Service carts = Service.named("carts");
    assertThat(safety(carts.get("/a").returns(Line.class))).isEqualTo(Safety.SAFE);
    assertThat(safety(carts.put("/a").returns(Line.class))).isEqualTo(Safety.IDEMPOTENT);
    assertThat(safety(carts.delete("/a").returns(Line.class))).isEqualTo(Safety.IDEMPOTENT);
    assertThat(safety(carts.post("/a").returns(Line.class))).isEqualTo(Safety.UNSAFE);
    assertThat(safety(carts.patch("/a").returns(Line.class))).isEqualTo(Safety.UNSAFE);
    assertThat(safety(carts.post("/a").safe().returns(Line.class))).isEqualTo(Safety.SAFE);
    assertThat(safety(carts.get("/a").unsafe().returns(Line.class))).isEqualTo(Safety.UNSAFE);
  }

  private static Safety safety(Operation<?, ?> operation) {
    return operation.spec().safety();
  }
}

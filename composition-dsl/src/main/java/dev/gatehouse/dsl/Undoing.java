package dev.gatehouse.dsl;

import dev.gatehouse.dsl.contract.DataType;
import dev.gatehouse.dsl.contract.DataType.Component;
import dev.gatehouse.dsl.contract.Nothing;
import dev.gatehouse.dsl.finding.CallFinding.BadCompensation;
import dev.gatehouse.dsl.graph.Node;
import dev.gatehouse.dsl.graph.Node.Compensation;
import dev.gatehouse.dsl.graph.Node.CompensationInput;
import dev.gatehouse.dsl.graph.OperationSpec;
import org.jspecify.annotations.Nullable;

/**
 * How an operation is undone.
 *
 * @param by what undoes it
 * @param input with what
 */
record Undoing(Operation<?, ?> by, UndoInput<?, ?, ?> input) {

  /** The compensation of one call; null where there is none, or where it cannot be. */
  static @Nullable Compensation bind(
      Definition current, Operation<?, ?> operation, @Nullable Node input) {
    Undoing undo = operation.undoing();
    return undo == null ? null : undo.bind(current, operation.spec(), input);
  }

  private @Nullable Compensation bind(
      Definition current, OperationSpec undone, @Nullable Node input) {
    current.reportAll(by.findings());
    DataType whole =
        this.input.fromAnswer() ? undone.answer() : input == null ? null : input.type();
    if (whole == null || whole.javaType() == Nothing.class) {
      current.report(misfit(
          undone,
          "there is no " + (this.input.fromAnswer() ? "answer" : "input") + " to call it with",
          "UndoInput of what there is"));
      return null;
    }
    Component component = null;
    if (this.input.component() != null) {
      component = Fields.find(whole, this.input.component()).orElse(null);
      if (component == null) {
        current.report(misfit(
            undone,
            Fields.text(this.input.component()) + " names no component of " + whole.name(),
            "one of " + String.join(", ", Fields.names(whole))));
        return null;
      }
    }
    if (by.findings().isEmpty()) {
      InputCheck.check(current, by.spec(), component == null ? whole : component.type());
    }
    return new Compensation(by.spec(), new CompensationInput(this.input.fromAnswer(), component));
  }

  private BadCompensation misfit(OperationSpec undone, String problem, String expected) {
    return new BadCompensation(
        Places.here(), NodeText.of(undone), NodeText.of(by.spec()), problem, expected);
  }
}

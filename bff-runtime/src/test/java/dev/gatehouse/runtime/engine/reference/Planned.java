package dev.gatehouse.runtime.engine.reference;

import dev.gatehouse.dsl.contract.DataType;
import dev.gatehouse.dsl.contract.DataType.Component;
import dev.gatehouse.runtime.plan.Selection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A value beside others that data did not choose. What these use of outer scopes is computed all the same, as it does not depend on
 * the choice; so they are written too, to nowhere.
 */
final class Planned extends Val {
  private final Val chosen;
  private final List<Val> others;

  private Planned(Val chosen, List<Val> others) {
    this.chosen = chosen;
    this.others = others;
  }

  static Val of(Val chosen, List<Val> others) {
    return others.isEmpty() ? chosen : new Planned(chosen, others);
  }

  @Override
  DataType type() {
    return chosen.type();
  }

  @Override
  Found write(@Nullable Selection selection, Writing writing) {
    others.forEach(other -> other.write(selection, writing.nowhere()));
    return chosen.write(selection, writing);
  }

  @Override
  Val get(Component component) {
    return new Planned(
        chosen.get(component),
        others.stream().map(other -> other.get(component)).toList());
  }

  @Override
  Elements elements() {
    others.forEach(Val::elements);
    return chosen.elements();
  }
}

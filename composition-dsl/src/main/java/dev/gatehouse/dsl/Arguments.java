package dev.gatehouse.dsl;

import dev.gatehouse.dsl.contract.DataType;
import dev.gatehouse.dsl.contract.DataType.Component;

/** The arguments that one component takes. Of use only inside {@link Shape#withArguments}. */
public final class Arguments {
  private final Definition definition;
  private final DataType owner;
  private final Component field;

  Arguments(Definition definition, DataType owner, Component field) {
    this.definition = definition;
    this.owner = owner;
    this.field = field;
  }

  /**
   * An argument. It must be given a default or end in {@link Argument#optional()}.
   *
   * @param name unique among the component's arguments
   * @param type a scalar or an enum
   */
  public <A> Argument<A> argument(String name, Class<A> type) {
    Argument<A> argument = Argument.of(definition, owner, field, name, type);
    if (!definition.isNewArgument(this, name)) {
      argument.report(
          "is declared twice", "one declaration per name; keep it in a variable to use it twice");
    }
    return argument;
  }
}

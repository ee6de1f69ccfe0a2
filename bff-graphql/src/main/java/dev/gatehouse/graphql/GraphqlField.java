package dev.gatehouse.graphql;

import dev.gatehouse.dsl.Access;

/** A door whose last root field can still be told more of. Immutable. */
public sealed interface GraphqlField extends GraphqlDoor permits GraphqlSubscription {

  /** Who may use the last field. Each needs exactly one rule. */
  GraphqlField allow(Access access);

  /**
   * Takes the record that is the last field's input as one argument, an input object, in place of one argument per component.
   *
   * @param argument the argument's name
   */
  GraphqlField input(String argument);

  /**
   * Names the only argument of the last field, whose input is no record; else it is called {@code id}, or {@code input} where it is
   * neither a scalar nor an enumeration.
   */
  GraphqlField argument(String name);

  /**
   * What an argument of the last field is where a request does not give it.
   *
   * @param argument its name
   * @param value of the argument's type
   */
  GraphqlField byDefault(String argument, Object value);

  /** What the last field is for, in the schema. */
  GraphqlField describedAs(String text);

  /**
   * Marks the last field as deprecated, in the schema.
   *
   * @param reason why, and what to use in its place
   */
  GraphqlField deprecated(String reason);
}

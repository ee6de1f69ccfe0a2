package dev.gatehouse.graphql.internal.input;

import dev.gatehouse.dsl.contract.DataType.Case;

/** How the members of a one-of input are called. */
public final class CaseNames {
  private CaseNames() {}

  /** The member that stands for a case: its record's name with a small first letter. */
  public static String member(Case one) {
    String name = one.type().name();
    return Character.toLowerCase(name.charAt(0)) + name.substring(1);
  }
}

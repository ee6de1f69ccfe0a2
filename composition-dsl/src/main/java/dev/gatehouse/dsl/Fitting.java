package dev.gatehouse.dsl;

import dev.gatehouse.dsl.contract.DataType;
import dev.gatehouse.dsl.contract.DataType.ListType;
import dev.gatehouse.dsl.contract.DataType.RecordType;
import dev.gatehouse.dsl.finding.ShapeFinding.MayBeAbsent;
import dev.gatehouse.dsl.finding.ShapeFinding.TypeMismatch;
import dev.gatehouse.dsl.graph.Node;
import dev.gatehouse.dsl.graph.Node.EachNode;
import dev.gatehouse.dsl.graph.Node.ObjectNode;
import dev.gatehouse.dsl.graph.Place;

/** Reports values that do not fit where they are given. */
final class Fitting {

  private Fitting() {}

  static boolean require(Definition current, String subject, Node value, DataType expected) {
    return require(current, Places.here(), subject, value, expected);
  }

  static boolean require(
      Definition current, Place place, String subject, Node value, DataType expected) {
    if (TypeFit.fits(value.type(), expected)) {
      return true;
    }
    if (onlyElementsMayBeAbsent(value.type(), expected)) {
      requireElementsPresent(current, place, subject, value);
      return true;
    }
    current.report(new TypeMismatch(
        place,
        current.composite(),
        subject,
        NodeText.of(value),
        TypeFit.name(value.type(), expected),
        TypeFit.name(expected, value.type()),
        mend(value.type(), expected)));
    return false;
  }

  private static String mend(DataType found, DataType expected) {
    if (found instanceof RecordType && expected instanceof RecordType record) {
      return "Make one from it: object(" + record.recordClass().getSimpleName()
          + ".class).from(…).";
    }
    return "Give a value of that type, change the type in the contract, or convert it with .map(…).";
  }

  /** Reports a value that may be absent where one is promised. */
  static void requirePresent(Definition current, Place place, String subject, Node value) {
    String why = value instanceof ObjectNode ? Absence.of(value) : Absence.own(value);
    if (why != null) {
      report(current, place, subject, value, why);
    }
  }

  private static void report(
      Definition current, Place place, String subject, Node value, String why) {
    current.report(new MayBeAbsent(place, current.composite(), subject, NodeText.of(value), why));
  }

  private static boolean onlyElementsMayBeAbsent(DataType found, DataType expected) {
    return found instanceof ListType from
        && expected instanceof ListType to
        && from.elementNullable()
        && !to.elementNullable()
        && TypeFit.fits(from.element(), to.element());
  }

  private static void requireElementsPresent(
      Definition current, Place place, String subject, Node value) {
    String why = value instanceof EachNode each ? Absence.of(each.body()) : null;
    report(
        current,
        place,
        "an element of " + subject,
        value,
        why == null ? "its elements are marked @Nullable" : why);
  }
}

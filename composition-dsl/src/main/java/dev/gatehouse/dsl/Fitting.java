package dev.gatehouse.dsl;

import dev.gatehouse.dsl.contract.DataType;
import dev.gatehouse.dsl.contract.DataType.RecordType;
import dev.gatehouse.dsl.finding.ShapeFinding.MayBeAbsent;
import dev.gatehouse.dsl.finding.ShapeFinding.TypeMismatch;
import dev.gatehouse.dsl.graph.Node;
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
    String why = Absence.of(value);
    if (why != null) {
      current.report(new MayBeAbsent(place, current.composite(), subject, NodeText.of(value), why));
    }
  }
}

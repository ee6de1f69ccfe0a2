package dev.gatehouse.runtime.plan;

import dev.gatehouse.dsl.contract.DataType;
import dev.gatehouse.dsl.graph.Node;
import dev.gatehouse.dsl.graph.Node.ObjectNode;
import dev.gatehouse.dsl.graph.Scope;
import java.util.List;

/** How the planner has a value of the graph: where its parts will stand, or what they will be made of. */
sealed interface Ref {

  /** The table of the scope it belongs to. */
  TableSpec home();

  DataType type();

  /** Read from JSON that a step brings. */
  record Scanned(TableSpec home, List<Hop> hops, Read read) implements Ref {
    @Override
    public DataType type() {
      return read.type();
    }
  }

  /** Known when the plan is made. */
  record Fixed(TableSpec home, DataType type, byte[] json) implements Ref {}

  /** A scalar that a step puts in a column. */
  record Scalar(Loc loc, DataType type) implements Ref {
    @Override
    public TableSpec home() {
      return loc.home();
    }
  }

  /** Put together from other values. */
  record Composed(TableSpec home, ObjectNode node, Env env) implements Ref {
    @Override
    public DataType type() {
      return node.type();
    }
  }

  /** One value per row of a scope. */
  record Listed(TableSpec home, DataType type, Scope scope, EachTable each, Node body, Env env)
      implements Ref {}

  /** The first so many elements. */
  record Limited(TableSpec home, Ref list, Ref count) implements Ref {
    @Override
    public DataType type() {
      return list.type();
    }
  }

  record OrNull(TableSpec home, Ref main) implements Ref {
    @Override
    public DataType type() {
      return main.type();
    }
  }

  record OrElse(TableSpec home, Ref main, byte[] alternative) implements Ref {
    @Override
    public DataType type() {
      return main.type();
    }
  }

  /** Present in those rows that a derived table has. */
  record Conditional(TableSpec home, TableSpec child, Ref body) implements Ref {
    @Override
    public DataType type() {
      return body.type();
    }
  }

  record Rescued(TableSpec home, Ref main, Conditional alternative) implements Ref {
    @Override
    public DataType type() {
      return main.type();
    }
  }

  record Outcome(TableSpec home, DataType type, Ref main) implements Ref {}

  /** The label of the class of a value's failure. */
  record FailureOf(TableSpec home, DataType type, Ref main) implements Ref {}

  /** The branch that is there. */
  record OneOf(TableSpec home, DataType type, List<Conditional> branches, List<String> tags)
      implements Ref {}

  /**
   * The rows that a list gives a scope.
   *
   * @param ranges where, for each row of the scope's parent, the range of rows stands
   * @param table the scope's table
   * @param element the element of each row
   * @param atMost the most rows of one parent row
   */
  record EachTable(Loc ranges, TableSpec table, Ref element, int atMost) {}
}

package dev.gatehouse.dsl;

import dev.gatehouse.dsl.graph.Node;
import dev.gatehouse.dsl.graph.Node.ArgumentNode;
import dev.gatehouse.dsl.graph.Node.CallNode;
import dev.gatehouse.dsl.graph.Node.ConstantNode;
import dev.gatehouse.dsl.graph.Node.EachNode;
import dev.gatehouse.dsl.graph.Node.LimitNode;
import dev.gatehouse.dsl.graph.Node.OrElseNode;
import dev.gatehouse.dsl.graph.Node.OrNullNode;
import dev.gatehouse.dsl.graph.Node.RescueNode;

/** The most elements that a list can have by what is written. */
final class Bounds {
  static final int NONE = Integer.MAX_VALUE;

  private Bounds() {}

  /** {@link #NONE} where nothing bounds it. */
  static int of(Node list) {
    if (list instanceof CallNode call) {
      return call.operation().answersList() ? call.operation().listAtMost() : NONE;
    }
    if (list instanceof EachNode each) {
      return each.rows().atMost();
    }
    if (list instanceof LimitNode limit) {
      return Math.min(of(limit.list()), ofCount(limit.count()));
    }
    if (list instanceof OrNullNode orNull) {
      return of(orNull.main());
    }
    if (list instanceof OrElseNode orElse) {
      int main = of(orElse.main());
      return main == NONE ? NONE : Math.max(main, JsonConstants.length(orElse.alternative()));
    }
    return list instanceof RescueNode rescue
        ? Math.max(of(rescue.main()), of(rescue.body()))
        : NONE;
  }

  private static int ofCount(Node count) {
    if (count instanceof ConstantNode constant) {
      return Math.max(0, Integer.parseInt(constant.json().toString()));
    }
    if (count instanceof ArgumentNode argument && argument.spec().byDefault() != null) {
      Long max = argument.spec().max();
      return max == null ? NONE : (int) Math.max(0, Math.min(max, NONE));
    }
    return NONE;
  }
}

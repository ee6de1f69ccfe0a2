package dev.gatehouse.graphql.internal.operation;

import dev.gatehouse.dsl.Composite;
import dev.gatehouse.runtime.plan.Plan;
import dev.gatehouse.runtime.plan.Selection;
import org.jspecify.annotations.Nullable;

/** Makes plans, or finds those made before. */
@FunctionalInterface
public interface Planning {

  /**
   * @param selection null for all of the result
   */
  Plan plan(Composite<?, ?> composite, @Nullable Selection selection);
}

package dev.gatehouse.rest.internal.fields;

import dev.gatehouse.runtime.plan.Selection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a request selects, known to exist. Immutable.
 *
 * @param selection null for the whole output
 * @param arguments what the selected fields take, by slot
 */
public record ResolvedFields(@Nullable Selection selection, List<ArgumentSlot> arguments) {
  public ResolvedFields {
    arguments = List.copyOf(arguments);
  }
}

package dev.gatehouse.graphql.internal.operation;

import dev.gatehouse.runtime.plan.Selection;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.ToIntFunction;

/**
 * Parts the fields of one object into those that are written with it and those that follow, as BuildExecutionPlan of the working
 * draft on incremental delivery does: a field belongs to all the fragments that it is deferred with, and to none where it is selected
 * undeferred, too.
 */
final class FieldGroups {
  private final Set<DeferUsage> current;
  private final List<Selection.Field> now = new ArrayList<>();
  private final Map<Set<DeferUsage>, List<Selection.Field>> later = new LinkedHashMap<>();

  /**
   * @param current what the object itself is deferred with
   */
  FieldGroups(Set<DeferUsage> current) {
    this.current = current;
  }

  /** What fields of one key are deferred with; one within another goes without saying. */
  static Set<DeferUsage> usages(List<Collected> merged) {
    Set<DeferUsage> all = new LinkedHashSet<>();
    for (Collected each : merged) {
      if (each.usage() == null) {
        return Set.of();
      }
      all.add(each.usage());
    }
    if (all.size() > 1) {
      List<DeferUsage> named = List.copyOf(all);
      all.removeIf(usage -> named.stream().anyMatch(usage::isWithin));
    }
    return all;
  }

  void add(Set<DeferUsage> usages, Selection.Field field) {
    (usages.equals(current) ? now : later.computeIfAbsent(usages, key -> new ArrayList<>()))
        .add(field);
  }

  /**
   * The selection.
   *
   * @param numbers gives each group that follows its number
   */
  Selection selection(ToIntFunction<Set<DeferUsage>> numbers) {
    if (later.isEmpty()) {
      return new Selection(now);
    }
    List<Selection.Deferred> deferred = new ArrayList<>();
    later.forEach((usages, fields) ->
        deferred.add(new Selection.Deferred(numbers.applyAsInt(usages), fields)));
    return new Selection(now, deferred);
  }
}

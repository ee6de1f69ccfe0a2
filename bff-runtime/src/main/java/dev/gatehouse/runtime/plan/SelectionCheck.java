package dev.gatehouse.runtime.plan;

import dev.gatehouse.dsl.contract.DataType;
import dev.gatehouse.dsl.contract.DataType.Case;
import dev.gatehouse.dsl.contract.DataType.Component;
import dev.gatehouse.dsl.contract.DataType.ListType;
import dev.gatehouse.dsl.contract.DataType.MapType;
import dev.gatehouse.dsl.contract.DataType.RecordType;
import dev.gatehouse.dsl.contract.DataType.UnionType;
import dev.gatehouse.dsl.graph.Graph;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Finds everything in a selection that its type does not have. */
final class SelectionCheck {
  private final List<String> problems = new ArrayList<>();

  private SelectionCheck() {}

  static void check(Graph graph, Selection selection) {
    SelectionCheck check = new SelectionCheck();
    check.check(graph.result().type(), selection, "");
    if (!check.problems.isEmpty()) {
      throw new SelectionException(check.problems);
    }
  }

  private void check(DataType type, Selection selection, String path) {
    if (type instanceof ListType list) {
      check(list.element(), selection, path);
    } else if (type instanceof MapType map) {
      check(map.value(), selection, path);
    } else if (type instanceof RecordType record) {
      checkRecords(List.of(record), Set.of(), selection, path);
    } else if (type instanceof UnionType union) {
      checkRecords(
          union.cases().stream().map(Case::type).toList(),
          Set.of(union.discriminator()),
          selection,
          path);
    } else if (!selection.asText()) {
      problems.add((path.isEmpty() ? "the result" : path) + " has no fields to select from");
    }
  }

  private void checkRecords(
      List<RecordType> records, Set<String> extra, Selection selection, String path) {
    for (Selection.Field field : selection.inOne().fields()) {
      if (field.name().equals(Selection.TYPE_NAME) || extra.contains(field.name())) {
        continue;
      }
      String at = path.isEmpty() ? field.name() : path + "." + field.name();
      boolean found = false;
      for (RecordType record : records) {
        Component component = record.field(field.name());
        if (component != null) {
          found = true;
          if (field.selection() != null) {
            check(component.type(), field.selection(), at);
          }
        }
      }
      if (!found) {
        Set<String> known = new LinkedHashSet<>(extra);
        records.forEach(
            record -> record.components().forEach(component -> known.add(component.name())));
        problems.add(
            "unknown field " + at + " (expected one of: " + String.join(", ", known) + ")");
      }
    }
  }
}

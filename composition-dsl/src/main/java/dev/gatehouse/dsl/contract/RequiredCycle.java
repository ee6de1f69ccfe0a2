package dev.gatehouse.dsl.contract;

import dev.gatehouse.dsl.contract.ContractProblem.Kind;
import dev.gatehouse.dsl.contract.DataType.Component;
import dev.gatehouse.dsl.contract.DataType.RecordType;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Finds out whether a record always contains another one of itself, so that no finite JSON can be one. */
final class RequiredCycle {
  private final RecordType start;
  private final Set<RecordType> seen = new HashSet<>();
  private final List<String> path = new ArrayList<>();

  RequiredCycle(RecordType start) {
    this.start = start;
  }

  Optional<ContractProblem> find() {
    path.add(start.name());
    if (!leadsBack(start)) {
      return Optional.empty();
    }
    String way = String.join(".", path);
    return Optional.of(new ContractProblem(
        Kind.REQUIRES_ITSELF,
        way,
        way + " is a " + start.name()
            + " again, always present (expected: an end somewhere). Mark one of these components"
            + " @Nullable, or make it a list."));
  }

  private boolean leadsBack(RecordType record) {
    for (Component component : record.components()) {
      if (component.nullable() || !(component.type() instanceof RecordType next)) {
        continue;
      }
      path.add(component.javaName());
      if (next.equals(start) || seen.add(next) && leadsBack(next)) {
        return true;
      }
      path.remove(path.size() - 1);
    }
    return false;
  }
}

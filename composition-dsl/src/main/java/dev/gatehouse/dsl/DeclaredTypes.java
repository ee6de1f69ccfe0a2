package dev.gatehouse.dsl;

import dev.gatehouse.dsl.contract.ContractException;
import dev.gatehouse.dsl.contract.Contracts;
import dev.gatehouse.dsl.contract.DataType;
import dev.gatehouse.dsl.finding.ContractFinding;
import dev.gatehouse.dsl.finding.Finding;
import dev.gatehouse.dsl.graph.Place;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.List;

/** Reads the contracts in the declaration of one operation. */
final class DeclaredTypes {
  private final Contracts contracts = new Contracts();
  private final List<Finding> findings = new ArrayList<>();
  private final String operation;
  private final Place place;

  DeclaredTypes(String operation, Place place) {
    this.operation = operation;
    this.place = place;
  }

  DataType of(Type type) {
    try {
      return contracts.of(type);
    } catch (ContractException e) {
      e.problems().forEach(problem -> findings.add(new ContractFinding(place, operation, problem)));
      return TypeFit.BROKEN;
    }
  }

  List<Finding> findings() {
    return findings;
  }
}

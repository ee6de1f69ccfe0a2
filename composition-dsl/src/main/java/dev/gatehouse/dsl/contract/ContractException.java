package dev.gatehouse.dsl.contract;

import java.util.List;
import java.util.stream.Collectors;

/** Says why a Java type is no contract, with every reason at once. */
public final class ContractException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  private final transient List<ContractProblem> problems;

  ContractException(List<ContractProblem> problems) {
    super(problems.stream().map(ContractProblem::message).collect(Collectors.joining("\n")));
    this.problems = List.copyOf(problems);
  }

  /** At least one. */
  public List<ContractProblem> problems() {
    return problems;
  }
}

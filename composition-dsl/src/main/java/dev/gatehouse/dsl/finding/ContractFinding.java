package dev.gatehouse.dsl.finding;

import dev.gatehouse.dsl.contract.ContractProblem;
import dev.gatehouse.dsl.graph.Place;

/**
 * A Java type that is no contract.
 *
 * @param place where the type is used
 * @param subject what the type was given to, such as {@code composite ProductPage}
 * @param problem what is wrong with it
 */
public record ContractFinding(Place place, String subject, ContractProblem problem)
    implements Finding {

  @Override
  public Code code() {
    return switch (problem.kind()) {
      case UNSUPPORTED_TYPE -> Code.UNSUPPORTED_TYPE;
      case OPTIONAL_COMPONENT -> Code.OPTIONAL_COMPONENT;
      case DUPLICATE_NAME -> Code.DUPLICATE_JSON_NAME;
      case REQUIRES_ITSELF -> Code.REQUIRES_ITSELF;
    };
  }

  @Override
  public String message() {
    return subject + ": " + problem.message();
  }
}

package dev.gatehouse.dsl;

import dev.gatehouse.dsl.finding.Finding;
import java.util.List;

/** A way into a BFF: a REST API or a GraphQL API. Implemented by the doors' modules; implementations are immutable. */
public interface Door {

  /** What kind it is, such as {@code rest}. */
  String kind();

  /** Everything it opens. */
  List<Opening> openings();

  /** What is wrong with it that only its kind can know; its composites and rules are looked at elsewhere. */
  default List<Finding> findings() {
    return List.of();
  }
}

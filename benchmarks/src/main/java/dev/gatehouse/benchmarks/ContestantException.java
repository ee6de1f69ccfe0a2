package dev.gatehouse.benchmarks;

import java.util.List;

/** A contestant does not do its job, so there is nothing to measure. */
final class ContestantException extends RuntimeException {
  private static final long serialVersionUID = 1;

  ContestantException(Contestant contestant, List<String> findings) {
    super(contestant.name() + ":\n  " + String.join("\n  ", findings));
  }
}

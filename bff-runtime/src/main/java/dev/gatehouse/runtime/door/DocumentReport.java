package dev.gatehouse.runtime.door;

import java.util.List;

/**
 * What clients' operations could cost a door at most, and what is wrong with them. Immutable.
 *
 * @param lines one per operation that can be run
 * @param problems each with its place
 */
public record DocumentReport(List<Line> lines, List<String> problems) {
  public DocumentReport {
    lines = List.copyOf(lines);
    problems = List.copyOf(problems);
  }

  /**
   * An operation.
   *
   * @param place where it stands
   * @param label what it is called, such as {@code query ProductPage}
   * @param calls the most calls to services that one run can make
   * @param rows the most rows of its largest table
   */
  public record Line(String place, String label, long calls, long rows) {}
}

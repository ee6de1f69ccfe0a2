package dev.gatehouse.graphql.internal.schema;

import dev.gatehouse.graphql.internal.document.TextSource;
import graphql.GraphQLException;
import graphql.schema.diff.DiffEvent;
import graphql.schema.diff.DiffLevel;
import graphql.schema.diff.SchemaDiff;
import graphql.schema.diff.SchemaDiffSet;
import graphql.schema.diff.reporting.CapturingReporter;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Compares a schema to the contract it is pinned to. Descriptions and order make no difference. */
public final class ContractCheck {
  private ContractCheck() {}

  /**
   * What is different.
   *
   * @param location a resource on the class path, else a file
   * @param own the schema, in the schema definition language
   * @return what was found, what was expected and the mend; empty where nothing is
   */
  public static Optional<String> problem(String location, String own) {
    String contract;
    try {
      contract = TextSource.read(location);
    } catch (IOException e) {
      return Optional.of("contract " + location + " cannot be read: " + e.getMessage()
          + " (expected: a file in UTF-8).");
    }
    if (contract == null) {
      return Optional.of(
          "contract " + location
              + " is nowhere (expected: a resource on the class path, or a file). Write what sdl() answers there.");
    }
    try {
      List<String> changes = changes(contract, own);
      return changes.isEmpty()
          ? Optional.empty()
          : Optional.of("its schema is not that of the contract " + location
              + " (expected: no difference). Mend the composites, or agree with who uses the API and write what sdl() answers there:\n  "
              + String.join("\n  ", changes));
    } catch (GraphQLException e) {
      return Optional.of("contract " + location + " is no schema: " + e.getMessage()
          + " (expected: the schema definition language).");
    }
  }

  /** Breaking changes first; each is a line. */
  static List<String> changes(String before, String after) {
    CapturingReporter reporter = new CapturingReporter();
    new SchemaDiff()
        .diffSchema(
            SchemaDiffSet.diffSetFromSdl(SubgraphDiff.plain(before), SubgraphDiff.plain(after)),
            reporter);
    List<String> changes = new ArrayList<>(SubgraphDiff.changes(before, after));
    for (DiffLevel level : List.of(DiffLevel.BREAKING, DiffLevel.DANGEROUS, DiffLevel.INFO)) {
      for (DiffEvent event : reporter.getEvents()) {
        if (event.getLevel() == level && event.getCategory() != null) {
          changes.add(label(level) + event.getReasonMsg());
        }
      }
    }
    return changes.stream().distinct().toList();
  }

  private static String label(DiffLevel level) {
    return switch (level) {
      case BREAKING -> "breaking: ";
      case DANGEROUS -> "dangerous: ";
      case INFO -> "safe: ";
    };
  }
}

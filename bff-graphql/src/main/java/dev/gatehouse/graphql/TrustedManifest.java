package dev.gatehouse.graphql;

import dev.gatehouse.graphql.internal.answer.GraphqlError;
import dev.gatehouse.graphql.internal.answer.RequestRefused;
import dev.gatehouse.graphql.internal.document.Manifest;
import dev.gatehouse.graphql.internal.document.ManifestReader;
import dev.gatehouse.graphql.internal.operation.Operations;
import dev.gatehouse.graphql.internal.operation.TrustedOperation;
import dev.gatehouse.runtime.config.BffSettings;
import dev.gatehouse.runtime.config.DocumentSettings;
import dev.gatehouse.runtime.config.DocumentSettings.Trusted;
import dev.gatehouse.runtime.door.DocumentReport;
import graphql.language.SourceLocation;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A manifest of trusted documents, with every document compiled ahead. Immutable. */
final class TrustedManifest {
  private final List<Manifest.Entry> entries;
  private final List<DocumentReport.Line> lines = new ArrayList<>();
  private final List<String> problems = new ArrayList<>();

  private TrustedManifest(Manifest manifest, Operations operations) {
    this.entries = manifest.entries();
    problems.addAll(manifest.problems());
    entries.forEach(entry -> compile(entry, operations));
  }

  /** Reads and compiles one. */
  static TrustedManifest at(String location, Operations operations) {
    return new TrustedManifest(ManifestReader.read(location), operations);
  }

  /** The one that a door and its settings name; without entries where they name none. */
  static TrustedManifest of(DoorSpec door, BffSettings settings, Operations operations) {
    DocumentSettings documents = settings.graphql().documents();
    String location = documents.trusted() == Trusted.OFF ? null : location(door, documents);
    if (location != null) {
      return at(location, operations);
    }
    return new TrustedManifest(
        new Manifest(
            List.of(),
            documents.trusted() == Trusted.ONLY
                ? List.of("bffs." + settings.name()
                    + ".graphql.documents.trusted: only, but there is no manifest (expected: one, named by "
                    + "graphql.documents.manifest or by the door with .trusted(…))")
                : List.of()),
        operations);
  }

  private static @Nullable String location(DoorSpec door, DocumentSettings documents) {
    return documents.manifest() == null ? door.manifest() : documents.manifest();
  }

  List<Manifest.Entry> entries() {
    return entries;
  }

  List<String> problems() {
    return List.copyOf(problems);
  }

  DocumentReport report() {
    return new DocumentReport(lines, problems);
  }

  private void compile(Manifest.Entry entry, Operations operations) {
    try {
      TrustedOperation operation = operations.trust(entry.document(), entry.name());
      lines.add(new DocumentReport.Line(
          entry.place(),
          operation.label(),
          operation.cost().calls(),
          operation.cost().rows()));
    } catch (RequestRefused e) {
      e.errors()
          .forEach(error -> problems.add(entry.place() + place(error) + ": " + error.message()));
    }
  }

  private static String place(GraphqlError error) {
    if (error.locations().isEmpty()) {
      return "";
    }
    SourceLocation at = error.locations().get(0);
    return ": line " + at.getLine() + ", column " + at.getColumn();
  }
}

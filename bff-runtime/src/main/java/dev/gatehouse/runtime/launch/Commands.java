package dev.gatehouse.runtime.launch;

import dev.gatehouse.dsl.Bff;
import dev.gatehouse.dsl.finding.DefinitionException;
import dev.gatehouse.runtime.BffCheck;
import dev.gatehouse.runtime.door.DocumentReport;
import dev.gatehouse.runtime.settings.LoadedSettings;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What the options ask for besides running the BFFs. Each answers the exit code. */
final class Commands {
  private final List<Bff> bffs;
  private final Console console;

  Commands(List<Bff> bffs, Console console) {
    this.bffs = bffs;
    this.console = console;
  }

  int check(ProcessConfiguration configuration, LoadedSettings loaded) {
    List<String> problems = configuration.problems(loaded.settings());
    if (problems.isEmpty()) {
      console.out().println("The BFFs and the configuration can be used.");
      return Launcher.OK;
    }
    return failed(problems);
  }

  int printConfig(LoadedSettings settings) {
    console.out().print(settings.text());
    return Launcher.OK;
  }

  /** Needs no configuration, so that a build can keep the contract in a file. */
  int printContract(@Nullable String name) {
    Optional<Bff> bff = find(name);
    if (bff.isEmpty()) {
      return unknown("--print-contract " + name);
    }
    try {
      BffCheck.contracts(bff.get()).forEach(console.out()::print);
      return Launcher.OK;
    } catch (DefinitionException e) {
      console.explain(e);
      return Launcher.FAILED;
    }
  }

  /**
   * Prints what each operation of a manifest could cost, and what is wrong.
   *
   * @param name of the BFF; null where there is only one
   */
  int checkOperations(
      @Nullable String location,
      @Nullable String name,
      ProcessConfiguration configuration,
      LoadedSettings settings) {
    Optional<Bff> bff = name == null && bffs.size() == 1 ? Optional.of(bffs.get(0)) : find(name);
    if (bff.isEmpty()) {
      return unknown("--check-operations " + location + (name == null ? "" : " " + name));
    }
    if (!bff.get().findings().isEmpty()) {
      return failed(
          configuration.only(bff.get()).problems(settings.settings().services().keySet()));
    }
    List<DocumentReport> reports = BffCheck.checkDocuments(
        bff.get(), settings.settings().bff(bff.get().name()), String.valueOf(location));
    if (reports.isEmpty()) {
      return failed(List.of("BFF " + bff.get().name()
          + ": no door takes operations of its clients (expected: a GraphQL door)"));
    }
    reports.forEach(report -> report.lines().forEach(this::print));
    List<String> problems =
        reports.stream().flatMap(report -> report.problems().stream()).toList();
    return problems.isEmpty() ? Launcher.OK : failed(problems);
  }

  private void print(DocumentReport.Line line) {
    console
        .out()
        .println(line.label() + ": at most " + bound(line.calls()) + " calls, " + bound(line.rows())
            + " rows  # " + line.place());
  }

  private static String bound(long most) {
    return most == Long.MAX_VALUE ? "unbounded" : String.valueOf(most);
  }

  private Optional<Bff> find(@Nullable String name) {
    return bffs.stream().filter(bff -> bff.name().equals(name)).findFirst();
  }

  private int unknown(String asked) {
    console
        .err()
        .println(asked + ": no such BFF (expected: one of "
            + bffs.stream().map(Bff::name).collect(Collectors.joining(", ")) + ")");
    return Launcher.USAGE;
  }

  private int failed(List<String> problems) {
    problems.forEach(problem -> console.err().println("- " + problem));
    return Launcher.FAILED;
  }
}

package dev.gatehouse.runtime;

import dev.gatehouse.dsl.Bff;
import dev.gatehouse.dsl.Composite;
import dev.gatehouse.dsl.Door;
import dev.gatehouse.dsl.Opening;
import dev.gatehouse.dsl.finding.Finding;
import dev.gatehouse.dsl.graph.EventSpec.ServiceOrigin;
import dev.gatehouse.dsl.graph.Node.CallNode;
import dev.gatehouse.dsl.graph.OperationSpec;
import dev.gatehouse.dsl.graph.OperationSpec.HttpTarget;
import dev.gatehouse.runtime.config.BffSettings;
import dev.gatehouse.runtime.door.DocumentReport;
import dev.gatehouse.runtime.door.DoorProvider;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.stream.Stream;

/** Looks at a BFF before it starts: whether it is sound, and whether what it needs is there. */
public final class BffCheck {
  private BffCheck() {}

  /**
   * Everything that keeps a BFF from starting.
   *
   * @param configured the services that the configuration knows
   * @return one message for each mistake, with its mend; empty where it can start
   */
  public static List<String> problems(Bff bff, Set<String> configured) {
    List<String> problems = new ArrayList<>();
    for (Finding finding : bff.findings()) {
      problems.add(finding.code().id() + " at " + finding.place() + ": " + finding.message()
          + " (see " + finding.code().page() + ")");
    }
    for (Door door : bff.doors()) {
      if (providers().noneMatch(provider -> provider.opens(door))) {
        problems.add("door " + door.kind()
            + ": no module on the class path opens it (expected: dev.gatehouse:bff-" + door.kind()
            + ", with its META-INF/services files where jars were merged)");
      }
    }
    services(bff).forEach((service, composites) -> {
      if (!configured.contains(service)) {
        problems.add("services." + service + ".endpoints: missing, but called by "
            + String.join(", ", composites)
            + " (expected: at least one URL, such as http://" + service + ":8080"
            + (configured.isEmpty()
                ? ""
                : "; configured are " + String.join(", ", new TreeSet<>(configured)))
            + ")");
      }
    });
    return problems;
  }

  /** The services that a BFF can reach over the network, by logical name, each with the composites, or the openings of sources,
   * that reach it. */
  public static Map<String, Set<String>> services(Bff bff) {
    Map<String, Set<String>> services = new TreeMap<>();
    for (Composite<?, ?> composite : composites(bff).values()) {
      composite.graph().nodes().stream()
          .flatMap(node -> node instanceof CallNode call ? operations(call) : Stream.empty())
          .filter(operation -> operation.target() instanceof HttpTarget)
          .forEach(operation -> services
              .computeIfAbsent(operation.service(), any -> new TreeSet<>())
              .add(composite.name()));
    }
    for (Opening opening : openings(bff)) {
      if (opening.source() != null
          && opening.source().spec().origin() instanceof ServiceOrigin origin) {
        services
            .computeIfAbsent(origin.operation().service(), any -> new TreeSet<>())
            .add(opening.label());
      }
    }
    return services;
  }

  /**
   * What the doors of a BFF promise their clients, as text, for those that have such a thing.
   *
   * @throws dev.gatehouse.dsl.finding.DefinitionException where a door is not sound
   */
  public static List<String> contracts(Bff bff) {
    List<String> contracts = new ArrayList<>();
    for (Door door : bff.doors()) {
      providers()
          .filter(provider -> provider.opens(door))
          .findFirst()
          .map(provider -> provider.contract(door))
          .ifPresent(contracts::add);
    }
    return contracts;
  }

  /** What keeps the doors of a sound BFF from opening with these settings. */
  public static List<String> problems(Bff bff, BffSettings settings) {
    List<String> problems = new ArrayList<>();
    forEachDoor(bff, (provider, door) -> problems.addAll(provider.problems(door, settings)));
    return problems;
  }

  /** What clients' operations could cost each door of a sound BFF that knows such a thing. */
  public static List<DocumentReport> checkDocuments(
      Bff bff, BffSettings settings, String location) {
    List<DocumentReport> reports = new ArrayList<>();
    forEachDoor(bff, (provider, door) -> {
      DocumentReport report = provider.checkDocuments(door, settings, location);
      if (report != null) {
        reports.add(report);
      }
    });
    return reports;
  }

  private static void forEachDoor(Bff bff, BiConsumer<DoorProvider, Door> action) {
    for (Door door : bff.doors()) {
      providers()
          .filter(provider -> provider.opens(door))
          .findFirst()
          .ifPresent(provider -> action.accept(provider, door));
    }
  }

  static Stream<DoorProvider> providers() {
    return ServiceLoader.load(DoorProvider.class).stream().map(ServiceLoader.Provider::get);
  }

  /** Only sound composites have a graph to look at. */
  private static Map<String, Composite<?, ?>> composites(Bff bff) {
    Map<String, Composite<?, ?>> composites = new LinkedHashMap<>();
    for (Opening opening : openings(bff)) {
      if (opening.composite().findings().isEmpty()) {
        composites.putIfAbsent(opening.composite().name(), opening.composite());
      }
    }
    return composites;
  }

  private static List<Opening> openings(Bff bff) {
    return bff.doors().stream().flatMap(door -> door.openings().stream()).toList();
  }

  private static Stream<OperationSpec> operations(CallNode call) {
    return call.compensation() == null
        ? Stream.of(call.operation())
        : Stream.of(call.operation(), call.compensation().operation());
  }
}

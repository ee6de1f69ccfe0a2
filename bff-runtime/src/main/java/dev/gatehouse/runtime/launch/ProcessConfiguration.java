package dev.gatehouse.runtime.launch;

import dev.gatehouse.dsl.Bff;
import dev.gatehouse.runtime.BffCheck;
import dev.gatehouse.runtime.mesh.Mesh;
import dev.gatehouse.runtime.settings.GatehouseSettings;
import dev.gatehouse.runtime.settings.LoadedSettings;
import dev.gatehouse.runtime.settings.SettingsFile;
import dev.gatehouse.runtime.settings.SettingsLoader;
import dev.gatehouse.runtime.settings.SettingsSources;
import dev.gatehouse.runtime.upstream.ServiceSettings;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Where the configuration of a process comes from, and which BFFs have to start with it. */
record ProcessConfiguration(Vertx vertx, SettingsSources sources, List<Bff> bffs) {

  /** The same for one of the BFFs. */
  ProcessConfiguration only(Bff bff) {
    return new ProcessConfiguration(vertx, sources, List.of(bff));
  }

  Set<String> names() {
    return bffs.stream().map(Bff::name).collect(Collectors.toCollection(TreeSet::new));
  }

  /** The services that the BFFs call, by logical name. */
  Set<String> services() {
    return bffs.stream()
        .flatMap(bff -> BffCheck.services(bff).keySet().stream())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  Future<LoadedSettings> load() {
    return read().compose(this::load);
  }

  Future<SettingsFile> read() {
    return SettingsFile.read(vertx, sources);
  }

  Future<LoadedSettings> load(SettingsFile file) {
    return SettingsLoader.load(vertx, sources, file, names(), services());
  }

  /** What is wrong with the BFFs whatever their settings are. */
  List<String> problems(Set<String> configured) {
    List<String> problems = new ArrayList<>();
    bffs.forEach(bff -> add(problems, bff, BffCheck.problems(bff, configured)));
    return problems;
  }

  /** Everything that keeps the BFFs from starting with these settings; may read files. */
  List<String> problems(GatehouseSettings settings) {
    List<String> problems = problems(settings.services().keySet());
    for (Bff bff : bffs) {
      add(problems, bff, Mesh.problems(called(bff, settings)));
      if (bff.findings().isEmpty()) {
        add(problems, bff, BffCheck.problems(bff, settings.bff(bff.name())));
      }
    }
    return problems;
  }

  private static Map<String, ServiceSettings> called(Bff bff, GatehouseSettings settings) {
    Map<String, ServiceSettings> called = new TreeMap<>(settings.services());
    called.keySet().retainAll(BffCheck.services(bff).keySet());
    called.replaceAll(
        (name, service) -> service.orInShape(settings.bff(bff.name()).mesh().shape()));
    return called;
  }

  private static void add(List<String> problems, Bff bff, List<String> more) {
    more.forEach(problem -> problems.add("BFF " + bff.name() + ": " + problem));
  }
}

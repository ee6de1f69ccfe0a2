package dev.gatehouse.runtime.settings;

import dev.gatehouse.runtime.config.BffSettings;
import dev.gatehouse.runtime.config.ConfigurationException;
import dev.gatehouse.runtime.config.LogFormat;
import dev.gatehouse.runtime.config.ManagementSettings;
import dev.gatehouse.runtime.upstream.ServiceSettings;
import io.vertx.core.json.JsonObject;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/** Reads sources, the weakest first, and makes the typed tree of them, or tells everything that is wrong. For one use. */
final class SettingsReader {
  private final Names names;
  private final Values values = new Values();
  private final KeyReader keys;

  SettingsReader(Names names) {
    this.names = names;
    this.keys = new KeyReader(
        Catalogue.ALL,
        Map.of(Section.BFF, names.bffs(), Section.SERVICE, names.services()),
        values);
  }

  SettingsReader tree(JsonObject tree, Function<List<String>, Origin> origins) {
    keys.tree(tree, origins);
    return this;
  }

  SettingsReader environment(JsonObject variables) {
    new TreeSet<>(variables.fieldNames())
        .forEach(variable -> keys.variable(variable, variables.getValue(variable)));
    return this;
  }

  SettingsReader systemProperties(JsonObject properties) {
    for (String property : new TreeSet<>(properties.fieldNames())) {
      if (property.startsWith(KeyReader.PROPERTY_PREFIX)) {
        keys.dotted(
            property.substring(KeyReader.PROPERTY_PREFIX.length()),
            properties.getValue(property),
            Origin.systemProperty(property));
      }
    }
    return this;
  }

  /**
   * @param assignments such as {@code drain=3s}
   */
  SettingsReader commandLine(List<String> assignments) {
    for (String assignment : assignments) {
      int equals = assignment.indexOf('=');
      if (equals < 1) {
        values.problem(
            Origin.COMMAND_LINE, assignment + ": no value (expected: KEY=VALUE, such as drain=3s)");
      } else {
        keys.dotted(
            assignment.substring(0, equals), assignment.substring(equals + 1), Origin.COMMAND_LINE);
      }
    }
    return this;
  }

  SettingsReader problems(List<String> problems) {
    problems.forEach(values::problem);
    return this;
  }

  /**
   * Makes the tree, and tells where its values come from.
   *
   * @param file that was read
   * @throws ConfigurationException with everything that is wrong
   */
  LoadedSettings read(SettingsFile file) {
    return new LoadedSettings(read(), values.effective(), values.typed(), file);
  }

  /**
   * Makes the tree.
   *
   * @throws ConfigurationException with everything that is wrong
   */
  GatehouseSettings read() {
    boolean development = values.get(ProcessKeys.DEVELOPMENT, "");
    Map<String, BffSettings> bffs = bffs(development, values.get(ProcessKeys.LOG_FORMAT, ""));
    ManagementSettings management = new ManagementSettings(
        values.get(ProcessKeys.MANAGEMENT_ENABLED, ""),
        values.get(ProcessKeys.MANAGEMENT_HOST, ""),
        values.get(ProcessKeys.MANAGEMENT_PORT, ""));
    Map<String, ServiceSettings> services = services(development);
    GatehouseSettings settings = new GatehouseSettings(
        bffs,
        management,
        services,
        values.get(ProcessKeys.DRAIN, ""),
        values.get(ProcessKeys.WARM_UP, ""),
        MeshKeys.readProcess(values),
        CacheKeys.readProcess(values, services),
        development,
        values.get(ProcessKeys.RELOAD_INTERVAL, ""));
    new ListenerCheck(settings).problems().forEach(values::problem);
    if (!values.problems().isEmpty()) {
      throw new ConfigurationException(values.problems());
    }
    return settings;
  }

  private Map<String, BffSettings> bffs(boolean development, LogFormat logFormat) {
    Map<String, BffSettings> bffs = new LinkedHashMap<>();
    for (String name : names.bffs()) {
      bffs.put(name, BffKeys.read(values, name, development, logFormat));
    }
    if (names.complete()) {
      for (String name : values.names(Section.BFF)) {
        if (!bffs.containsKey(name)) {
          String nearest = Nearest.to(name, names.bffs())
              .map(bff -> " (nearest known: " + bff + ")")
              .orElse("");
          values.problem("bffs." + name + ": unknown BFF" + nearest);
        }
      }
    }
    return bffs;
  }

  private Map<String, ServiceSettings> services(boolean development) {
    Map<String, ServiceSettings> services = new LinkedHashMap<>();
    for (String name :
        Set.copyOf(values.names(Section.SERVICE)).stream().sorted().toList()) {
      services.put(name, ServiceKeys.read(values, name, development));
    }
    return services;
  }

  /**
   * What the program calls its parts.
   *
   * @param bffs the BFFs that are configured
   * @param services the services that they use
   * @param complete whether there are no other BFFs, so that other names are mistakes
   */
  record Names(Set<String> bffs, Set<String> services, boolean complete) {
    Names {
      bffs = Collections.unmodifiableSet(new TreeSet<>(bffs));
      services = Collections.unmodifiableSet(new TreeSet<>(services));
    }
  }
}

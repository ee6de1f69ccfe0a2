package dev.gatehouse.runtime.settings;

import dev.gatehouse.runtime.config.BffSettings;
import dev.gatehouse.runtime.config.CacheSettings;
import dev.gatehouse.runtime.config.ManagementSettings;
import dev.gatehouse.runtime.config.MeshSettings;
import dev.gatehouse.runtime.upstream.ServiceSettings;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * The whole configuration. Immutable.
 *
 * @param bffs by name; a BFF that is not in it runs with the defaults
 * @param management the operator's listener
 * @param services by logical name
 * @param drain how long requests under way may take to finish when a BFF stops
 * @param warmUp how long a process may exercise itself before it opens; zero for not at all
 * @param mesh how a BFF that states nothing of its own takes part in a mesh
 * @param cache where answers of services are kept
 * @param development whether pages that help developers are served
 * @param reloadInterval how often the process looks whether the configuration file has changed; zero for never
 */
public record GatehouseSettings(
    Map<String, BffSettings> bffs,
    ManagementSettings management,
    Map<String, ServiceSettings> services,
    Duration drain,
    Duration warmUp,
    MeshSettings mesh,
    CacheSettings cache,
    boolean development,
    Duration reloadInterval) {
  /** Defaults for everything; knows no service. */
  public static final GatehouseSettings DEFAULT = new GatehouseSettings(
      Map.of(),
      ManagementSettings.DEFAULT,
      Map.of(),
      Duration.ofSeconds(10),
      Duration.ofSeconds(1),
      MeshSettings.DEFAULT,
      CacheSettings.DEFAULT,
      false,
      Duration.ofSeconds(5));

  public GatehouseSettings {
    bffs = Map.copyOf(bffs);
    services = Map.copyOf(services);
  }

  /** How a BFF runs. */
  public BffSettings bff(String name) {
    BffSettings settings = bffs.get(name);
    return settings != null
        ? settings
        : BffSettings.named(name).toBuilder()
            .development(development)
            .mesh(mesh)
            .build();
  }

  /** With these settings for the BFF they name. */
  public GatehouseSettings withBff(BffSettings settings) {
    return new GatehouseSettings(
        with(bffs, settings.name(), settings),
        management,
        services,
        drain,
        warmUp,
        mesh,
        cache,
        development,
        reloadInterval);
  }

  public GatehouseSettings withManagement(ManagementSettings management) {
    return new GatehouseSettings(
        bffs, management, services, drain, warmUp, mesh, cache, development, reloadInterval);
  }

  public GatehouseSettings withService(String name, ServiceSettings settings) {
    return new GatehouseSettings(
        bffs,
        management,
        with(services, name, settings),
        drain,
        warmUp,
        mesh,
        cache,
        development,
        reloadInterval);
  }

  public GatehouseSettings withDrain(Duration drain) {
    return new GatehouseSettings(
        bffs, management, services, drain, warmUp, mesh, cache, development, reloadInterval);
  }

  public GatehouseSettings withWarmUp(Duration warmUp) {
    return new GatehouseSettings(
        bffs, management, services, drain, warmUp, mesh, cache, development, reloadInterval);
  }

  public GatehouseSettings withCache(CacheSettings cache) {
    return new GatehouseSettings(
        bffs, management, services, drain, warmUp, mesh, cache, development, reloadInterval);
  }

  private static <V> Map<String, V> with(Map<String, V> map, String name, V value) {
    Map<String, V> copy = new LinkedHashMap<>(map);
    copy.put(Objects.requireNonNull(name, "name"), Objects.requireNonNull(value, "settings"));
    return copy;
  }
}

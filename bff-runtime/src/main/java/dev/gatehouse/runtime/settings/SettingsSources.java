package dev.gatehouse.runtime.settings;

import io.vertx.config.ConfigStoreOptions;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where the configuration comes from, the weakest first. Immutable.
 *
 * @param file the path of a YAML file; null for {@code gatehouse.yaml} in the working directory, where there is one
 * @param environment the store of environment variables
 * @param systemProperties the store of system properties
 * @param assignments of the command line, such as {@code drain=3s}
 */
public record SettingsSources(
    @Nullable String file,
    ConfigStoreOptions environment,
    ConfigStoreOptions systemProperties,
    List<String> assignments) {
  static final String DEFAULT_FILE = "gatehouse.yaml";

  public SettingsSources {
    assignments = List.copyOf(assignments);
  }

  /**
   * This process's environment and system properties.
   *
   * @param file null for the one that {@code GATEHOUSE_CONFIG} names, else the default
   */
  public static SettingsSources ofProcess(@Nullable String file, List<String> assignments) {
    return new SettingsSources(
        file == null ? System.getenv(KeyReader.FILE_VARIABLE) : file,
        store("env"),
        store("sys"),
        assignments);
  }

  /** Sources with an environment and system properties of the caller's own. */
  public static SettingsSources of(
      @Nullable String file,
      Map<String, String> environment,
      Map<String, String> systemProperties,
      List<String> assignments) {
    return new SettingsSources(file, store(environment), store(systemProperties), assignments);
  }

  private static ConfigStoreOptions store(String type) {
    // Raw, because a value such as `1e3` or `08` must reach its key as it was written.
    return new ConfigStoreOptions()
        .setType(type)
        .setConfig(new JsonObject().put("raw-data", true).put("cache", false));
  }

  private static ConfigStoreOptions store(Map<String, String> values) {
    JsonObject json = new JsonObject();
    values.forEach(json::put);
    return new ConfigStoreOptions().setType("json").setConfig(json);
  }
}

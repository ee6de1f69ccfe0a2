package dev.gatehouse.runtime.settings;

import dev.gatehouse.runtime.config.ConfigurationException;
import dev.gatehouse.runtime.settings.SettingsReader.Names;
import io.vertx.config.ConfigRetriever;
import io.vertx.config.ConfigRetrieverOptions;
import io.vertx.config.ConfigStoreOptions;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.util.Set;

/** Loads the configuration through Vert.x Config, one retriever per source, so that each value's origin stays known. */
public final class SettingsLoader {
  private SettingsLoader() {}

  /**
   * Loads the configuration of a whole process, without blocking the caller.
   *
   * @param bffs the names of all its BFFs
   * @param services the logical names of the services that they use
   * @return fails with a {@link ConfigurationException} that lists everything that is wrong
   */
  public static Future<LoadedSettings> load(
      Vertx vertx, SettingsSources sources, Set<String> bffs, Set<String> services) {
    Future<YamlFile> yaml = yaml(vertx, sources);
    Future<JsonObject> file = yaml.compose(found -> found.isReadable()
        ? retrieve(vertx, found.store())
        : Future.succeededFuture(new JsonObject()));
    Future<JsonObject> environment = retrieve(vertx, sources.environment());
    Future<JsonObject> properties = retrieve(vertx, sources.systemProperties());
    return Future.join(file, environment, properties)
        .map(all -> new SettingsReader(new Names(bffs, services, true))
            .problems(yaml.result().problems())
            .tree(file.result(), yaml.result()::origin)
            .environment(environment.result())
            .systemProperties(properties.result())
            .commandLine(sources.assignments())
            .read());
  }

  /**
   * Reads the configuration of one BFF from what a deployment gives.
   *
   * @param tree has the structure of the YAML file; other BFFs in it are let be
   * @throws ConfigurationException with everything that is wrong
   */
  public static GatehouseSettings ofDeployment(JsonObject tree, String bff) {
    return new SettingsReader(new Names(Set.of(bff), Set.of(), false))
        .tree(tree, path -> Origin.DEPLOYMENT)
        .read()
        .settings();
  }

  private static Future<YamlFile> yaml(Vertx vertx, SettingsSources sources) {
    String path = sources.file() == null ? SettingsSources.DEFAULT_FILE : sources.file();
    return vertx.fileSystem().exists(path).compose(exists -> {
      if (exists) {
        return vertx
            .fileSystem()
            .readFile(path)
            .compose(text -> vertx.executeBlocking(() -> YamlFile.parse(path, text.toString())));
      }
      return sources.file() == null
          ? Future.succeededFuture(YamlFile.absent(path))
          : Future.failedFuture(
              new ConfigurationException(
                  path
                      + ": no such file (expected: a YAML file; name it with --config or GATEHOUSE_CONFIG)"));
    });
  }

  private static Future<JsonObject> retrieve(Vertx vertx, ConfigStoreOptions store) {
    ConfigRetriever retriever = ConfigRetriever.create(
        vertx,
        new ConfigRetrieverOptions()
            .setIncludeDefaultStores(false)
            .setScanPeriod(-1)
            .addStore(store));
    return retriever.getConfig().eventually(retriever::close);
  }
}

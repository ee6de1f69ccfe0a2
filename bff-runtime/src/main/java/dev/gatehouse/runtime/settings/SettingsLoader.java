package dev.gatehouse.runtime.settings;

import dev.gatehouse.runtime.config.ConfigurationException;
import dev.gatehouse.runtime.settings.SettingsReader.Names;
import io.vertx.config.ConfigRetriever;
import io.vertx.config.ConfigRetrieverOptions;
import io.vertx.config.ConfigStoreOptions;
import io.vertx.config.yaml.YamlProcessor;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.util.Set;

/** Loads the configuration through Vert.x Config, source by source, so that each value's origin stays known. */
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
    return SettingsFile.read(vertx, sources)
        .compose(file -> load(vertx, sources, file, bffs, services));
  }

  /**
   * As the other one, from a file that has been read already.
   *
   * @param file what stood in the file that the sources name
   */
  public static Future<LoadedSettings> load(
      Vertx vertx,
      SettingsSources sources,
      SettingsFile file,
      Set<String> bffs,
      Set<String> services) {
    Future<YamlFile> yaml = vertx.executeBlocking(() -> file.parse(sources.file() != null));
    Buffer content = file.content();
    Future<JsonObject> tree = yaml.compose(found -> content != null && found.isReadable()
        ? new YamlProcessor().process(vertx, new JsonObject(), content)
        : Future.succeededFuture(new JsonObject()));
    Future<JsonObject> environment = retrieve(vertx, sources.environment());
    Future<JsonObject> properties = retrieve(vertx, sources.systemProperties());
    return Future.join(tree, environment, properties)
        .map(all -> new SettingsReader(new Names(bffs, services, true))
            .problems(yaml.result().problems())
            .tree(tree.result(), yaml.result()::origin)
            .environment(environment.result())
            .systemProperties(properties.result())
            .commandLine(sources.assignments())
            .read(file));
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
        .read();
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

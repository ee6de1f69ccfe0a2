package dev.gatehouse.runtime.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.runtime.config.ConfigurationException;
import dev.gatehouse.runtime.discovery.Endpoint.Scheme;
import dev.gatehouse.runtime.discovery.ServiceLookup;
import dev.gatehouse.runtime.discovery.consul.ConsulSettings;
import dev.gatehouse.runtime.discovery.dns.DnsSettings;
import dev.gatehouse.runtime.discovery.file.FileSettings;
import dev.gatehouse.runtime.discovery.kubernetes.KubernetesSettings;
import dev.gatehouse.runtime.discovery.redis.RedisSettings;
import dev.gatehouse.runtime.discovery.zookeeper.ZookeeperSettings;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How it is configured where services are found. */
class DiscoveryKeysTest {

  private static GatehouseSettings read(JsonObject service, JsonObject discovery) {
    return SettingsLoader.ofDeployment(
        new JsonObject()
            .put("services", new JsonObject().put("catalog", service))
            .put("discovery", discovery),
        "web");
  }

  private static JsonObject type(String type) {
    return new JsonObject().put("discovery", new JsonObject().put("type", type));
  }

  private static ServiceLookup lookup(JsonObject service, JsonObject discovery) {
    return read(service, discovery).services().get("catalog").discovery();
  }

  @Test
  void eachTypeHasItsSource() {
    JsonObject all = new JsonObject()
        .put("file", "/a.yaml,/b.yaml")
        .put("consul", new JsonObject().put("url", "http://127.0.0.1:8500"))
        .put("zookeeper", new JsonObject().put("servers", "zk:2181"))
        .put("redis", new JsonObject().put("url", "redis://127.0.0.1"));
    assertThat(lookup(type("file"), all).source())
        .isInstanceOfSatisfying(
            FileSettings.class,
            file -> assertThat(file.paths()).containsExactly("/a.yaml", "/b.yaml"));
    assertThat(lookup(type("dns"), all).source()).isEqualTo(DnsSettings.DEFAULT);
    assertThat(lookup(type("kubernetes"), all).source()).isEqualTo(KubernetesSettings.IN_CLUSTER);
    assertThat(lookup(type("consul"), all).source()).isInstanceOf(ConsulSettings.class);
    assertThat(lookup(type("zookeeper"), all).source()).isInstanceOf(ZookeeperSettings.class);
    assertThat(lookup(type("redis"), all).source()).isInstanceOf(RedisSettings.class);
  }

  @Test
  void aLookupHasDefaultsThatCanBeReplaced() {
    ServiceLookup plain = lookup(type("dns"), new JsonObject());
    assertThat(plain.name()).isEqualTo("catalog");
    assertThat(plain.scheme()).isEqualTo(Scheme.HTTP);
    assertThat(plain.keepLast()).isEqualTo(Duration.ofMinutes(1));
    assertThat(plain.startTimeout()).isEqualTo(Duration.ofSeconds(5));

    JsonObject service = type("dns");
    service
        .getJsonObject("discovery")
        .put("name", "catalog.internal")
        .put("port", 8443)
        .put("scheme", "https")
        .put("path", "/v2");
    GatehouseSettings settings = read(service, new JsonObject().put("keep-last", "5m"));
    ServiceLookup lookup = settings.services().get("catalog").discovery();
    assertThat(lookup.portNumber()).isEqualTo(8443);
    assertThat(lookup.basePath()).isEqualTo("/v2");
    assertThat(lookup.scheme()).isEqualTo(Scheme.HTTPS);
    assertThat(lookup.keepLast()).isEqualTo(Duration.ofMinutes(5));
    assertThat(settings.services().get("catalog").authority()).isEqualTo("catalog.internal:8443");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "consul | discovery.consul.url: missing (expected: at least one URL, such as http://catalog:8080, for services.catalog.discovery.type: consul)",
        "zookeeper | discovery.zookeeper.servers: missing (expected: HOST:PORT",
        "redis | discovery.redis.url: missing (expected: redis://",
        "file | discovery.file: missing (expected: paths of YAML or JSON files",
        "eureka | services.catalog.discovery.type: eureka (expected: one of file, dns, kubernetes, consul, zookeeper, redis)"
      })
  void whatATypeNeedsIsAskedFor(String type, String problem) {
    assertThatThrownBy(() -> read(type(type), new JsonObject()))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining(problem);
  }

  @Test
  void endpointsAndDiscoveryExcludeEachOther() {
    assertThatThrownBy(() -> read(type("dns").put("endpoints", "http://catalog"), new JsonObject()))
        .hasMessageContaining(
            "services.catalog: endpoints and discovery.type are both given (expected: one of them)");
    assertThatThrownBy(() -> read(new JsonObject().put("authority", "x"), new JsonObject()))
        .hasMessageContaining("services.catalog.endpoints: missing");
  }

  @Test
  void aPortByNameIsForRegistriesThatKnowNames() {
    JsonObject service = type("dns");
    service.getJsonObject("discovery").put("port", "http");
    assertThatThrownBy(() -> read(service, new JsonObject()))
        .hasMessageContaining("services.catalog.discovery.port: http (expected: 1 to 65535");
  }

  @Test
  void secretsAreNotShown() {
    GatehouseSettings settings = read(
        type("consul"),
        new JsonObject()
            .put(
                "consul",
                new JsonObject().put("url", "http://127.0.0.1:8500").put("token", "s3cret")));
    assertThat(settings.services().get("catalog").discovery().source().toString())
        .doesNotContain("s3cret");
  }
}

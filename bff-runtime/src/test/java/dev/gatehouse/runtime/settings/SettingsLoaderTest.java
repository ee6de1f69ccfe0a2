package dev.gatehouse.runtime.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.gatehouse.runtime.config.AccessLogMode;
import dev.gatehouse.runtime.config.ConfigurationException;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SettingsLoaderTest {
  private final Vertx vertx = Vertx.vertx();
  private final Set<String> bffs = Set.of("web", "mobile");
  private final Set<String> services = Set.of("catalog", "user_profiles");

  @TempDir
  private Path directory;

  @AfterEach
  void closeVertx() throws Exception {
    vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
  }

  @Test
  void withoutAnySourceTheDefaultsHold() {
    GatehouseSettings settings = load(
            file("# empty\n"), Map.of(), Map.of("gatehouse.bffs.mobile.listener.port", "0"))
        .settings();

    assertThat(settings.bff("web").listener().port()).isEqualTo(8080);
    assertThat(settings.bff("web").limits().maxBodyBytes()).isEqualTo(1 << 20);
    assertThat(settings.management().port()).isEqualTo(9090);
    assertThat(settings.drain()).isEqualTo(Duration.ofSeconds(10));
    assertThat(settings.services()).isEmpty();
  }

  @Test
  void theFileIsReadIntoTheTree() {
    GatehouseSettings settings = load(file("""
            drain: 3s
            development: true
            management:
              port: 0
            bffs:
              web:
                listener: {host: 127.0.0.1, port: 0}
                limits:
                  max-body-bytes: 64KiB
                  request-timeout: 800ms
                access-log: off
                server-timing: true
              mobile:
                listener:
                  port: 8081
            services:
              catalog:
                endpoints: [http://c1:8080, "h2c://c2:8080/v2"]
                max-connections: 7
              user_profiles:
                endpoints: http://users:8080
            """)).settings();

    assertThat(settings.drain()).isEqualTo(Duration.ofSeconds(3));
    assertThat(settings.management().port()).isZero();
    assertThat(settings.bff("web").listener().host()).isEqualTo("127.0.0.1");
    assertThat(settings.bff("web").limits().maxBodyBytes()).isEqualTo(64 << 10);
    assertThat(settings.bff("web").limits().requestTimeout()).isEqualTo(Duration.ofMillis(800));
    assertThat(settings.bff("web").accessLog()).isEqualTo(AccessLogMode.OFF);
    assertThat(settings.bff("web").serverTiming()).isTrue();
    assertThat(settings.bff("web").development()).isTrue();
    assertThat(settings.bff("mobile").listener().port()).isEqualTo(8081);
    assertThat(settings.services().get("catalog").endpoints())
        .hasToString("[http://c1:8080, h2c://c2:8080/v2]");
    assertThat(settings.services().get("catalog").maxConnections()).isEqualTo(7);
    assertThat(settings.services().get("user_profiles").endpoints()).hasSize(1);
  }

  @Test
  void strongerSourcesWin() {
    String file = file(
        "drain: 1s\nmanagement: {port: 1001}\nbffs: {web: {instances: 2, plan-cache-size: 10}}\n");
    LoadedSettings loaded = load(
        file,
        Map.of(
            "GATEHOUSE_DRAIN",
            "2s",
            "GATEHOUSE_MANAGEMENT_PORT",
            "1002",
            "GATEHOUSE_BFFS_WEB_INSTANCES",
            "3",
            "PATH",
            "/bin"),
        Map.of(
            "gatehouse.drain",
            "3s",
            "gatehouse.management.port",
            "1003",
            "java.version",
            "17",
            "gatehouse.bffs.web.listener.port",
            "0"),
        "drain=4s");

    assertThat(loaded.settings().drain()).isEqualTo(Duration.ofSeconds(4));
    assertThat(loaded.settings().management().port()).isEqualTo(1003);
    assertThat(loaded.settings().bff("web").instances()).isEqualTo(3);
    assertThat(loaded.settings().bff("web").planCacheSize()).isEqualTo(10);
    assertThat(loaded.text().lines().map(line -> line.replaceAll(" +", " ")))
        .contains(
            "drain: 4s # --set",
            "management.port: 1003 # system property gatehouse.management.port",
            "bffs.web.instances: 3 # environment GATEHOUSE_BFFS_WEB_INSTANCES",
            "bffs.web.plan-cache-size: 10 # " + file + ":3",
            "management.host: 127.0.0.1 # default");
  }

  @Test
  void environmentVariablesFindNamesWithUnderscoresAndHyphens() {
    GatehouseSettings settings = load(
            file("bffs: {web: {listener: {port: 0}}}\nservices: {}\n"),
            Map.of(
                "GATEHOUSE_SERVICES_CATALOG_ENDPOINTS", "http://a:1, http://b:2",
                "GATEHOUSE_SERVICES_USER_PROFILES_ENDPOINTS", "http://users:8080",
                "GATEHOUSE_SERVICES_USER_PROFILES_MAX_CONNECTIONS", "3",
                "GATEHOUSE_SERVICES_NOT_NAMED_YET_ENDPOINTS", "https://x"),
            Map.of())
        .settings();

    assertThat(settings.services()).containsOnlyKeys("catalog", "user_profiles", "not-named-yet");
    assertThat(settings.services().get("catalog").endpoints())
        .hasToString("[http://a:1, http://b:2]");
    assertThat(settings.services().get("user_profiles").maxConnections()).isEqualTo(3);
  }

  @Test
  void serviceNamesMayHoldDots() {
    GatehouseSettings settings = load(
            file("bffs: {web: {listener: {port: 0}}}"),
            Map.of(),
            Map.of("gatehouse.services.catalog.shop.svc.endpoints", "http://a:1"),
            "services.catalog.shop.svc.tls.verify-host=false")
        .settings();

    assertThat(settings.services()).containsOnlyKeys("catalog.shop.svc");
    assertThat(settings.services().get("catalog.shop.svc").tls().verifyHost()).isFalse();
  }

  @Test
  void whatKubernetesSetsForAServiceCalledGatehouseIsLetBe() {
    Map<String, String> links = Map.of(
        "GATEHOUSE_SERVICE_HOST", "10.0.0.1",
        "GATEHOUSE_SERVICE_PORT_HTTP", "80",
        "GATEHOUSE_PORT", "tcp://10.0.0.1:80",
        "GATEHOUSE_PORT_80_TCP_ADDR", "10.0.0.1",
        "GATEHOUSE_WEB_SERVICE_PORT", "80");

    assertThat(load(file("bffs: {web: {listener: {port: 0}}}"), links, Map.of())
            .settings()
            .drain())
        .isEqualTo(Duration.ofSeconds(10));
  }

  @Test
  void allProblemsAreToldAtOnceEachWithItsOriginAndMend() {
    String file = file("""
        drain: soon
        bfs: {}
        bffs:
          web:
            listener:
              prot: 8080
              port: 70000
            limits: {max-body: 1MiB}
          webb: {}
        services:
          catalog:
            max-conections: 3
            connect-timeout: 5
          pricing:
            endpoints: [ftp://user:secret@pricing]
        """);

    assertThat(problems(
            file,
            Map.of("GATEHOUSE_BFFS_WEB_INSTANCE", "3"),
            Map.of("gatehouse.managment.port", "1"),
            "bffs.mobile.access-log=some"))
        .containsExactlyInAnyOrder(
            file + ":1: drain: soon (expected: 0 to 10m, such as 80ms, 3s or 2m)",
            file + ":2: bfs: unknown key (nearest known: bffs)",
            file
                + ":6: bffs.web.listener.prot: unknown key (nearest known: bffs.web.listener.port)",
            file + ":7: bffs.web.listener.port: 70000 (expected: 0 to 65535)",
            file
                + ":8: bffs.web.limits.max-body: unknown key (nearest known: bffs.web.limits.max-body-bytes)",
            "bffs.webb: unknown BFF (nearest known: web)",
            file
                + ":12: services.catalog.max-conections: unknown key (nearest known: services.catalog.max-connections)",
            file
                + ":13: services.catalog.connect-timeout: 5 (expected: 1ms to 1m, such as 80ms, 3s or 2m)",
            "services.catalog.endpoints: missing (expected: at least one URL, such as http://catalog:8080)",
            file + ":15: services.pricing.endpoints: ftp://***@pricing: scheme ftp"
                + " (expected: http://HOST[:PORT][/BASE], https://… or h2c://…, such as http://catalog:8080)",
            "environment GATEHOUSE_BFFS_WEB_INSTANCE: no key is called so (nearest known: GATEHOUSE_BFFS_WEB_INSTANCES)",
            "system property gatehouse.managment.port: managment.port: unknown key (nearest known: management.port)",
            "--set: bffs.mobile.access-log: some (expected: one of all, problems, off)",
            "bffs.web.listener.port: 8080 is taken by bffs.mobile.listener.port (expected: a port of its own, or 0 for any)");
  }

  @Test
  void twoListenersOnOneAddressAreAProblem() {
    assertThat(problems(
            file("bffs: {web: {listener: {port: 9090}}, mobile: {listener: {port: 0}}}"),
            Map.of(),
            Map.of()))
        .containsExactly(
            "management.port: 9090 is taken by bffs.web.listener.port (expected: a port of its own, or 0 for any)");
  }

  @Test
  void aFileThatIsNotYamlIsToldWithItsLine() {
    String file = file("drain: 3s\nbffs: [\n");

    assertThat(problems(file, Map.of(), Map.of("gatehouse.bffs.web.listener.port", "0")))
        .singleElement()
        .asString()
        .startsWith(file + ":3: not YAML: ");
  }

  @Test
  void aKeyGivenTwiceIsAProblem() {
    String file = file("bffs: {web: {listener: {port: 0}}}\ndrain: 3s\ndrain: 4s\n");

    assertThat(problems(file, Map.of(), Map.of()))
        .containsExactly(file + ":3: drain: given twice (first in line 2)");
  }

  @Test
  void aFileThatIsNamedMustExist() {
    String file = directory.resolve("missing.yaml").toString();

    assertThat(problems(file, Map.of(), Map.of()))
        .containsExactly(file
            + ": no such file (expected: a YAML file; name it with --config or GATEHOUSE_CONFIG)");
  }

  private String file(String text) {
    try {
      return Files.writeString(directory.resolve("gatehouse.yaml"), text).toString();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private LoadedSettings load(String file) {
    return load(file, Map.of(), Map.of());
  }

  private LoadedSettings load(
      @Nullable String file,
      Map<String, String> environment,
      Map<String, String> properties,
      String... assignments) {
    try {
      return SettingsLoader.load(
              vertx,
              SettingsSources.of(file, environment, properties, List.of(assignments)),
              bffs,
              services)
          .toCompletionStage()
          .toCompletableFuture()
          .get(20, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw new IllegalStateException(e);
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private List<String> problems(
      String file,
      Map<String, String> environment,
      Map<String, String> properties,
      String... assignments) {
    return catchThrowableOfType(
            ConfigurationException.class, () -> load(file, environment, properties, assignments))
        .problems();
  }
}

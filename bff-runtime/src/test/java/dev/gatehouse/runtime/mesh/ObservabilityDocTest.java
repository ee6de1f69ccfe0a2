package dev.gatehouse.runtime.mesh;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.runtime.config.CacheSettings;
import dev.gatehouse.runtime.discovery.ServiceLookup;
import dev.gatehouse.runtime.discovery.file.FileSettings;
import dev.gatehouse.runtime.mesh.cache.AnswerStore;
import dev.gatehouse.runtime.mesh.layer.LayerLoop;
import dev.gatehouse.runtime.mesh.layer.Levels;
import dev.gatehouse.runtime.policy.RoutePolicy;
import dev.gatehouse.runtime.settings.RoutesJson;
import dev.gatehouse.runtime.tls.TlsSettings;
import dev.gatehouse.runtime.upstream.ServiceSettings;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tag;
import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import io.vertx.core.json.JsonArray;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The table of meters in the documentation lists what a mesh client with every layer shows, and nothing else. */
class ObservabilityDocTest {
  private static final Path DOCUMENT = Path.of("..", "docs", "observability.md");
  private static final Pattern ROW = Pattern.compile(
      "\\| `(gatehouse\\.mesh\\.[a-z._]+)` \\| ([a-z]+)(?:, [a-z]+)? \\| ([^|]*) \\|.*");
  private static final Pattern TAG = Pattern.compile("`([a-z]+)`");

  @TempDir
  private Path files;

  private final MeshCaller caller = new MeshCaller();

  @AfterEach
  void close() {
    caller.close();
  }

  private static Map<String, Set<String>> documented() throws IOException {
    Map<String, Set<String>> meters = new TreeMap<>();
    for (String line : Files.readAllLines(DOCUMENT)) {
      Matcher row = ROW.matcher(line);
      if (row.matches()) {
        Set<String> tags = TAG.matcher(row.group(3))
            .results()
            .map(tag -> tag.group(1))
            .collect(Collectors.toCollection(TreeSet::new));
        meters.put(row.group(1) + " " + row.group(2), tags);
      }
    }
    return meters;
  }

  private static String kind(Meter meter) {
    return switch (meter.getId().getType()) {
      case COUNTER -> "counter";
      case GAUGE -> "gauge";
      case TIMER -> "timer";
      default -> meter.getId().getType().name();
    };
  }

  private Map<String, Set<String>> shown() {
    Map<String, Set<String>> meters = new TreeMap<>();
    for (Meter meter : caller.meters().getMeters()) {
      Set<String> tags = meter.getId().getTags().stream()
          .map(Tag::getKey)
          .collect(Collectors.toCollection(TreeSet::new));
      Set<String> same = meters.put(meter.getId().getName() + " " + kind(meter), tags);
      assertThat(same == null ? tags : same).as(meter.getId().getName()).isEqualTo(tags);
    }
    return meters;
  }

  private void everyLayer() throws Exception {
    Path file = files.resolve("services.yaml");
    Files.writeString(file, "services: {stock: ['http://127.0.0.1:1']}");
    X509Bundle bundle = new CertificateBuilder()
        .subject("CN=web")
        .setIsCertificateAuthority(true)
        .ecp256()
        .buildSelfSigned();
    Path own = Files.writeString(
        files.resolve("web.pem"), bundle.getCertificatePEM() + bundle.getPrivateKeyPEM());
    caller.serve("pricing", request -> request.response().setStatusCode(500).end());
    caller.serve("backup", request -> request.response().end());
    caller.at(
        "payments",
        ServiceSettings.at("https://127.0.0.1:1").toBuilder()
            .tls(TlsSettings.DEFAULT.withCertificate(own.toString(), null))
            .build());
    caller.discovered(
        "stock",
        ServiceLookup.of(
            new FileSettings(List.of(file.toString()), Duration.ofSeconds(1)), "stock"));
    caller.keepIn(CacheSettings.Redis.at("redis://127.0.0.1:1"));
    RoutesJson reader = new RoutesJson("pricing");
    RoutePolicy route = reader.read(new JsonArray("""
        [{"name": "all", "mirror": {"service": "backup"},
          "failover": [{"on": ["server-error"], "service": "backup"}]}]"""));
    assertThat(reader.problems()).isEmpty();
    caller.policies().update("pricing", before -> before.withRoute(route));
    caller.open();
    new AnswerStore().meter(new Levels(caller.meters()), "test");
  }

  @Test
  void metersAndTagsAreThoseOfTheTable() throws Exception {
    everyLayer();
    assertThat(LayerLoop.await(caller.start("pricing", LayerLoop.safe())).status())
        .isEqualTo(200);

    assertThat(shown()).isEqualTo(documented());
  }
}

package dev.gatehouse.runtime.mesh;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.runtime.tls.TlsSettings;
import dev.gatehouse.runtime.upstream.ServiceSettings;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How the material of a BFF's services is shared, and what the meters tell of it. */
class ServiceTlsTest {
  private static final Tags TAGS = Tags.of("bff", "web", "service", "catalog");

  private final Vertx vertx = Vertx.vertx();
  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();

  @TempDir
  Path files;

  @AfterEach
  void stop() throws Exception {
    await(vertx.close());
  }

  private static <T> T await(Future<T> future) throws Exception {
    return future.toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
  }

  private Map<String, ServiceSettings> services(Duration left) throws Exception {
    X509Bundle bundle = new CertificateBuilder()
        .subject("CN=web")
        .notBefore(Instant.now().minus(Duration.ofDays(1)))
        .notAfter(Instant.now().plus(left))
        .setIsCertificateAuthority(true)
        .ecp256()
        .buildSelfSigned();
    String file = Files.writeString(
            files.resolve("web.pem"), bundle.getCertificatePEM() + bundle.getPrivateKeyPEM())
        .toString();
    TlsSettings tls = TlsSettings.DEFAULT.withCertificate(file, null);
    ServiceSettings settings =
        ServiceSettings.at("https://catalog").toBuilder().tls(tls).build();
    return Map.of("catalog", settings, "pricing", settings);
  }

  private double expiry() {
    return meters.get("gatehouse.mesh.tls.expiry").tags(TAGS).gauge().value();
  }

  @Test
  void theMetersTellHowLongACertificateHolds() throws Exception {
    ServiceTls first = await(ServiceTls.of(vertx, services(Duration.ofHours(2))));
    first.meter("catalog", meters, TAGS);
    assertThat(expiry()).isBetween(7000.0, 7200.0);

    ServiceTls second = await(ServiceTls.of(vertx, services(Duration.ofHours(2))));
    second.meter("catalog", meters, TAGS);
    first.close();
    assertThat(expiry()).isBetween(6900.0, 7200.0);
    second.close();

    ServiceTls third = await(ServiceTls.of(vertx, services(Duration.ofHours(-1))));
    third.meter("catalog", meters, TAGS);
    assertThat(expiry()).isBetween(-3700.0, -3600.0);
    third.close();
  }

  @Test
  void filesAreReadOnceForAllWhoUseThem() throws Exception {
    Map<String, ServiceSettings> services = services(Duration.ofHours(1));
    ServiceTls one = await(ServiceTls.of(vertx, services));
    ServiceTls other = await(ServiceTls.of(vertx, services));

    assertThat(one.source("catalog"))
        .isSameAs(one.source("pricing"))
        .isSameAs(other.source("catalog"));

    one.close();
    other.close();
    ServiceTls later = await(ServiceTls.of(vertx, services));
    assertThat(later.source("catalog").current().certificate()).isNotNull();
    later.close();
  }

  @Test
  void withoutTlsNoFileIsReadAndNoMeterMade() throws Exception {
    ServiceTls none =
        await(ServiceTls.of(vertx, Map.of("catalog", ServiceSettings.at("http://catalog"))));
    none.close();
    assertThat(meters.getMeters()).isEmpty();
  }
}

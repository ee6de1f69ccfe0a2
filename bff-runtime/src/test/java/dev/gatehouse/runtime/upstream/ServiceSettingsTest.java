package dev.gatehouse.runtime.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.runtime.discovery.Endpoint;
import dev.gatehouse.runtime.tls.TlsSettings;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class ServiceSettingsTest {

  @Test
  void defaultsAreSafe() {
    ServiceSettings settings = ServiceSettings.at("http://catalog:8080");

    assertThat(settings.endpoints()).containsExactly(Endpoint.parse("http://catalog:8080"));
    assertThat(settings.requestTimeout()).isEqualTo(Duration.ofSeconds(2));
    assertThat(settings.maxConnections()).isEqualTo(64);
    assertThat(settings.maxWaiting()).isEqualTo(1000);
    assertThat(settings.streamIdleTimeout()).isEqualTo(Duration.ofMinutes(5));
    assertThat(settings.maxResponseBytes()).isEqualTo(10 * 1024 * 1024);
    assertThat(settings.tls()).isEqualTo(TlsSettings.DEFAULT);
    assertThat(settings.problems("services.catalog")).isEmpty();
    assertThat(settings.toBuilder().build()).isEqualTo(settings);
  }

  @Test
  void everythingOutOfRangeIsToldAtOnce() {
    ServiceSettings settings = ServiceSettings.builder()
        .authority("catalog/x")
        .connectTimeout(Duration.ZERO)
        .requestTimeout(Duration.ofHours(2))
        .maxConnections(0)
        .maxWaiting(-1)
        .idleTimeout(Duration.ofMillis(-5))
        .streamIdleTimeout(Duration.ofHours(25))
        .maxResponseBytes(0)
        .build();

    assertThat(settings.problems("services.catalog"))
        .isEqualTo(List.of(
            "services.catalog.endpoints: none (expected: at least one URL, such as http://HOST:8080, or discovery.type)",
            "services.catalog.authority: catalog/x (expected: HOST or HOST:PORT)",
            "services.catalog.connect-timeout: 0ms (expected: 1ms to 1m)",
            "services.catalog.request-timeout: 120m (expected: 1ms to 60m)",
            "services.catalog.max-connections: 0 (expected: 1 to 10000)",
            "services.catalog.max-waiting: -1 (expected: 0 to 1000000)",
            "services.catalog.idle-timeout: -5ms (expected: 1ms to 60m)",
            "services.catalog.stream-idle-timeout: 1500m (expected: 1ms to 1440m)",
            "services.catalog.max-response-bytes: 0 (expected: 1 to 1073741824)"));
  }
}

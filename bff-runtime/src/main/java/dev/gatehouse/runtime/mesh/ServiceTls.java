package dev.gatehouse.runtime.mesh;

import dev.gatehouse.runtime.config.ConfigurationException;
import dev.gatehouse.runtime.discovery.Endpoint.Scheme;
import dev.gatehouse.runtime.tls.TlsMaterial;
import dev.gatehouse.runtime.tls.TlsSource;
import dev.gatehouse.runtime.tls.TlsWatches;
import dev.gatehouse.runtime.upstream.ServiceSettings;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The TLS material of one BFF instance's services. Confined to one event loop. */
final class ServiceTls {
  private static final String EXPIRY = "gatehouse.mesh.tls.expiry";

  private final TlsWatches watches;
  private final Map<String, TlsSource> sources;

  private ServiceTls(TlsWatches watches, Map<String, TlsSource> sources) {
    this.watches = watches;
    this.sources = sources;
  }

  /**
   * Reads what the settings name.
   *
   * @return fails with a {@link ConfigurationException} that lists all that cannot be used
   */
  static Future<ServiceTls> of(Vertx vertx, Map<String, ServiceSettings> services) {
    TlsWatches watches = TlsWatches.of(vertx);
    Map<String, Future<TlsSource>> reading = new TreeMap<>();
    services.forEach((name, settings) -> reading.put(
        name,
        isEncrypted(settings)
            ? watches.acquire(settings.tls())
            : Future.succeededFuture(watches.jdk())));
    return Future.join(List.copyOf(reading.values())).transform(all -> {
      Map<String, TlsSource> sources = new TreeMap<>();
      List<String> problems = new ArrayList<>();
      reading.forEach((name, source) -> {
        if (source.succeeded()) {
          sources.put(name, source.result());
        } else {
          problems.add("services." + name + ".tls: " + source.cause().getMessage());
        }
      });
      ServiceTls tls = new ServiceTls(watches, sources);
      if (problems.isEmpty()) {
        return Future.succeededFuture(tls);
      }
      tls.close();
      return Future.failedFuture(new ConfigurationException(problems));
    });
  }

  /** Whether TLS is likely; where it turns out needed all the same, what the JDK trusts is read then. */
  private static boolean isEncrypted(ServiceSettings settings) {
    return settings.tls().trust() != null
        || settings.tls().certificate() != null
        || settings.endpoints().stream().anyMatch(endpoint -> endpoint.scheme() == Scheme.HTTPS);
  }

  TlsSource source(String service) {
    TlsSource source = sources.get(service);
    if (source == null) {
      throw new IllegalStateException(service + ": no TLS material was read (expected: some)");
    }
    return source;
  }

  /** Has the meters tell how long the certificate that a service is shown still holds. Instances of a BFF share it. */
  void meter(String service, MeterRegistry meters, Tags tags) {
    TlsSource source = source(service);
    if (source.current().certificate() != null) {
      Gauge before = meters.find(EXPIRY).tags(tags).gauge();
      if (before != null) {
        meters.remove(before); // its source may be gone
      }
      Gauge.builder(EXPIRY, source, ServiceTls::secondsLeft)
          .description("Until the certificate that is shown to the service expires")
          .baseUnit("seconds")
          .tags(tags)
          .register(meters);
    }
  }

  private static double secondsLeft(TlsSource source) {
    TlsMaterial material = source.current();
    return material.certificate() == null
        ? Double.NaN
        : (material.certificate().getNotAfter().getTime() - System.currentTimeMillis()) / 1000.0;
  }

  void close() {
    sources.values().forEach(watches::release);
    sources.clear();
  }
}

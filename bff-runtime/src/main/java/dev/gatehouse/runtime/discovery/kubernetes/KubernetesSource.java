package dev.gatehouse.runtime.discovery.kubernetes;

import dev.gatehouse.runtime.discovery.ServiceLookup;
import dev.gatehouse.runtime.discovery.Source;
import dev.gatehouse.runtime.discovery.http.RegistryClient;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The API server, and who asks it. */
final class KubernetesSource implements Source {
  private final Vertx vertx;
  private final KubernetesSettings settings;
  private final RegistryClient server;

  KubernetesSource(Vertx vertx, KubernetesSettings settings) {
    this.vertx = vertx;
    this.settings = settings;
    this.server = new RegistryClient(vertx, settings.url(), settings.trust());
  }

  @Override
  public Watch watch(ServiceLookup lookup, Listener listener) {
    SliceWatch watch = new SliceWatch(vertx, this, settings, lookup, listener);
    watch.list();
    return watch;
  }

  RegistryClient server() {
    return server;
  }

  /** What goes with each request; the token's file is read each time. */
  Future<Map<String, String>> headers() {
    String file = settings.tokenFile();
    return file == null
        ? Future.succeededFuture(Map.of())
        : text(file).map(token -> Map.of("authorization", "Bearer " + token));
  }

  /** The namespace of a lookup {@code NAMESPACE/SERVICE}, else the configured one, else the pod's own. */
  Future<String> namespace(ServiceLookup lookup) {
    int slash = lookup.name().indexOf('/');
    String known = slash > 0 ? lookup.name().substring(0, slash) : settings.namespace();
    return known != null
        ? Future.succeededFuture(known)
        : text(KubernetesSettings.NAMESPACE_FILE)
            .recover(e -> Future.failedFuture(new IllegalStateException(
                "discovery.kubernetes.namespace: missing, and not known from "
                    + KubernetesSettings.NAMESPACE_FILE + " (expected: a namespace)")));
  }

  /** The service's name in its namespace. */
  static String service(ServiceLookup lookup) {
    return lookup.name().substring(lookup.name().indexOf('/') + 1);
  }

  private Future<String> text(@Nullable String file) {
    return vertx
        .fileSystem()
        .readFile(String.valueOf(file))
        .map(Buffer::toString)
        .map(String::strip);
  }

  @Override
  public Future<Void> close() {
    return server.close();
  }
}

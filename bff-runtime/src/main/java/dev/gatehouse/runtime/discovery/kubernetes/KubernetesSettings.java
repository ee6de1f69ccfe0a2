package dev.gatehouse.runtime.discovery.kubernetes;

import dev.gatehouse.runtime.discovery.Endpoint;
import dev.gatehouse.runtime.discovery.Endpoint.Scheme;
import dev.gatehouse.runtime.discovery.Source;
import dev.gatehouse.runtime.discovery.SourceSettings;
import io.vertx.core.Vertx;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A Kubernetes API server. It is asked for the EndpointSlices of each service, which needs the verbs {@code list} and
 * {@code watch} on them. Its certificate is always checked. Immutable.
 *
 * @param url of the API server
 * @param namespace of services whose lookup names none; null for the one in the service account's directory
 * @param tokenFile the path of a file with the bearer token, read anew for each request, as it is rotated; null for none
 * @param trust a PEM file with the certificates to trust; null for those that the JDK trusts
 * @param watchTime after which a watch is begun anew
 * @param timeout how long the server may take for a list, and to end a watch whose time is over
 */
public record KubernetesSettings(
    Endpoint url,
    @Nullable String namespace,
    @Nullable String tokenFile,
    @Nullable String trust,
    Duration watchTime,
    Duration timeout)
    implements SourceSettings {
  private static final String ACCOUNT = "/var/run/secrets/kubernetes.io/serviceaccount/";

  /** Where Kubernetes tells a pod its namespace. */
  static final String NAMESPACE_FILE = ACCOUNT + "namespace";

  /** As a pod finds it: the cluster's own server, with the pod's service account. */
  public static final KubernetesSettings IN_CLUSTER = new KubernetesSettings(
      new Endpoint(Scheme.HTTPS, "kubernetes.default.svc", 443, ""),
      null,
      ACCOUNT + "token",
      ACCOUNT + "ca.crt",
      Duration.ofMinutes(1),
      SourceSettings.TIMEOUT);

  @Override
  public String label() {
    return "kubernetes";
  }

  @Override
  public Source open(Vertx vertx) {
    return new KubernetesSource(vertx, this);
  }

  @Override
  public String toString() {
    return "Kubernetes at " + url;
  }
}

package dev.gatehouse.runtime.mesh;

import dev.gatehouse.runtime.config.Shape;
import dev.gatehouse.runtime.discovery.Endpoint;
import dev.gatehouse.runtime.discovery.Endpoint.Scheme;
import dev.gatehouse.runtime.policy.ServicePolicy;
import dev.gatehouse.runtime.tls.TlsSettings;
import dev.gatehouse.runtime.upstream.ServiceSettings;
import java.util.ArrayList;
import java.util.List;

/**
 * What the shape makes of a service's settings and policies. In shape {@link Shape#SIDECAR} calls go, without TLS, to one address:
 * the service's name in the mesh, on the way to which a proxy takes them, or a proxy that finds that name in {@code Host}.
 */
final class SidecarShape {
  private SidecarShape() {}

  /** Settings to call the service with. */
  static ServiceSettings settings(String service, ServiceSettings given) {
    if (!given.isBehindSidecar()) {
      return given;
    }
    ServiceSettings plain = given.toBuilder().tls(TlsSettings.DEFAULT).build();
    Endpoint proxy = given.sidecar();
    if (proxy == null) {
      return plain;
    }
    String authority = given.authority();
    return plain.toBuilder()
        .discovery(null)
        .endpoints(List.of(proxy))
        .authority(authority == null ? service : authority)
        .build();
  }

  /** A policy to call the service by, whatever source it comes from. */
  static ServicePolicy policy(ServiceSettings settings, ServicePolicy given) {
    return settings.isBehindSidecar() ? given.behindSidecar() : given;
  }

  /**
   * What keeps a service from being called in this shape.
   *
   * @param settings as {@link #settings} makes them
   */
  static List<String> problems(String service, ServiceSettings settings) {
    if (!settings.isBehindSidecar()) {
      return List.of();
    }
    List<String> problems = new ArrayList<>();
    if (settings.discovery() != null) {
      problems.add(
          "services." + service
              + ".discovery.type: given (expected: endpoints in shape sidecar, the service's name in the mesh; the proxy knows its instances)");
    }
    String key = "services." + service + ".endpoints: ";
    if (settings.endpoints().size() > 1) {
      problems.add(
          key + settings.endpoints().size()
              + " addresses (expected: one in shape sidecar, the service's name in the mesh; the proxy knows its instances)");
    }
    settings.endpoints().stream()
        .filter(endpoint -> endpoint.scheme() == Scheme.HTTPS)
        .forEach(endpoint -> problems.add(key + endpoint
            + " (expected: http://… or h2c://… in shape sidecar, where the proxy encrypts; for a"
            + " service outside of the mesh set services." + service + ".shape: direct)"));
    return problems;
  }
}

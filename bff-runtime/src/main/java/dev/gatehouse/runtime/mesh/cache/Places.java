package dev.gatehouse.runtime.mesh.cache;

import dev.gatehouse.runtime.discovery.Endpoint;
import dev.gatehouse.runtime.upstream.UpstreamRequest;
import java.net.URI;
import java.net.URISyntaxException;
import org.jspecify.annotations.Nullable;

/** What a service's answer calls other resources of its own, as calls name them: path and query, without the endpoint's base path. */
final class Places {
  private Places() {}

  /**
   * Resolves a reference such as that of {@code Location} (RFC 9110, section 10.2.2).
   *
   * @param called which was answered
   * @return null where it is of another host, for which a service may not speak, or no reference
   */
  static @Nullable String of(@Nullable String reference, UpstreamRequest called) {
    Endpoint endpoint = called.endpoint();
    String base = endpoint == null ? "" : endpoint.basePath();
    URI found;
    try {
      found = reference == null ? null : new URI(base + called.uri()).resolve(new URI(reference));
    } catch (URISyntaxException e) {
      return null;
    }
    if (found == null || found.getRawPath() == null || !isOwn(found, endpoint)) {
      return null;
    }
    String path = found.getRawPath();
    if (!path.startsWith(base + "/")) {
      return null;
    }
    String own = path.substring(base.length());
    return found.getRawQuery() == null ? own : own + "?" + found.getRawQuery();
  }

  private static boolean isOwn(URI found, @Nullable Endpoint endpoint) {
    if (found.getRawAuthority() == null) {
      return true;
    }
    int port = found.getPort() >= 0
        ? found.getPort()
        : "https".equalsIgnoreCase(found.getScheme()) ? 443 : 80;
    return endpoint != null
        && endpoint.host().equalsIgnoreCase(found.getHost())
        && endpoint.port() == port;
  }
}

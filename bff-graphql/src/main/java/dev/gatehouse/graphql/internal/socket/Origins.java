package dev.gatehouse.graphql.internal.socket;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Which pages may open sockets: browsers send cookies with the handshake whatever page asks, and no preflight comes before it. */
public final class Origins {
  private Origins() {}

  /**
   * Whether a handshake may go on.
   *
   * @param origin the page's; null where no browser asks
   * @param host the host of the request, with its port where it has one; null where it has none
   * @param allowed in lower case; {@code *} for all
   */
  public static boolean allow(
      @Nullable String origin, @Nullable String host, List<String> allowed) {
    if (origin == null || allowed.contains("*")) {
      return true;
    }
    String page = origin.toLowerCase(Locale.ROOT);
    return allowed.contains(page) || host != null && isSame(page, host.toLowerCase(Locale.ROOT));
  }

  /** A proxy may have taken off TLS, so that only hosts and ports can be compared. */
  private static boolean isSame(String origin, String host) {
    try {
      URI page = new URI(origin);
      URI own = new URI(page.getScheme() + "://" + host);
      return page.getHost() != null
          && page.getHost().equals(own.getHost())
          && port(page) == port(own);
    } catch (URISyntaxException e) {
      return false;
    }
  }

  private static int port(URI uri) {
    return uri.getPort() >= 0 ? uri.getPort() : "https".equals(uri.getScheme()) ? 443 : 80;
  }
}

package dev.gatehouse.runtime.discovery;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;

/**
 * One address of a service. Immutable.
 *
 * @param scheme how it is spoken to
 * @param host a name or an IP address, without brackets
 * @param port 1 to 65535
 * @param basePath what comes before every path, beginning with a slash and not ending in one; empty for none
 */
public record Endpoint(Scheme scheme, String host, int port, String basePath) {
  private static final String EXPECTED =
      " (expected: http://HOST[:PORT][/BASE], https://… or h2c://…, such as http://catalog:8080)";

  /** How an endpoint is spoken to. */
  public enum Scheme {
    /** HTTP/1.1 without TLS. */
    HTTP(80),
    /** TLS; ALPN settles whether HTTP/2 or HTTP/1.1. */
    HTTPS(443),
    /** HTTP/2 without TLS, by prior knowledge. */
    H2C(80);

    private final String text = name().toLowerCase(Locale.ROOT);
    private final int defaultPort;

    Scheme(int defaultPort) {
      this.defaultPort = defaultPort;
    }

    @Override
    public String toString() {
      return text;
    }
  }

  /**
   * Reads a URL such as {@code http://catalog:8080/v2}.
   *
   * @throws IllegalArgumentException telling the URL and what was expected
   */
  public static Endpoint parse(String url) {
    URI uri;
    try {
      uri = new URI(url);
    } catch (URISyntaxException e) {
      throw new IllegalArgumentException(url + ": not a URL" + EXPECTED, e);
    }
    Scheme scheme = scheme(url, uri);
    String host = uri.getHost();
    if (host == null
        || uri.getRawUserInfo() != null
        || uri.getRawQuery() != null
        || uri.getRawFragment() != null) {
      throw new IllegalArgumentException(url + ": "
          + (host == null ? "no host" : "user, query or fragment is not allowed") + EXPECTED);
    }
    int port = uri.getPort() == -1 ? scheme.defaultPort : uri.getPort();
    if (port < 1 || port > 65535) {
      throw new IllegalArgumentException(url + ": port " + port + " (expected: 1 to 65535)");
    }
    return new Endpoint(scheme, unbracketed(host), port, basePath(uri.getRawPath()));
  }

  private static Scheme scheme(String url, URI uri) {
    for (Scheme scheme : Scheme.values()) {
      if (scheme.text.equalsIgnoreCase(uri.getScheme())) {
        return scheme;
      }
    }
    throw new IllegalArgumentException(url + ": scheme " + uri.getScheme() + EXPECTED);
  }

  static String basePath(String path) {
    return path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
  }

  private static String unbracketed(String host) {
    return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
  }

  /** The URL it was read from, in canonical form. */
  @Override
  public String toString() {
    return scheme + "://" + (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + port
        + basePath;
  }
}

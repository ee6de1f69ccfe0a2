package dev.gatehouse.runtime.mesh.route;

import dev.gatehouse.runtime.policy.RoutePolicy.PathRewrite;

/** Takes URIs apart: path and query, encoded. */
final class Paths {
  private Paths() {}

  static String path(String uri) {
    int query = uri.indexOf('?');
    return query < 0 ? uri : uri.substring(0, query);
  }

  /** The URI with its beginning replaced; as it is where it does not begin so, in whole segments. */
  static String rewrite(String uri, PathRewrite rewrite) {
    String from = withoutSlash(rewrite.from());
    if (!uri.startsWith(from)) {
      return uri;
    }
    String rest = uri.substring(from.length());
    if (!rest.isEmpty() && rest.charAt(0) != '/' && rest.charAt(0) != '?') {
      return uri;
    }
    String rewritten = withoutSlash(rewrite.to()) + rest;
    return rewritten.startsWith("/") ? rewritten : "/" + rewritten;
  }

  private static String withoutSlash(String path) {
    return path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
  }
}

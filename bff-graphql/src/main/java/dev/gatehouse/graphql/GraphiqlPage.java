package dev.gatehouse.graphql;

import dev.gatehouse.runtime.door.Problem;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A page to write operations in, for development. All of it comes from the class path: the parts that are ours from this module,
 * those of others from web jars. Confined to one event loop.
 */
final class GraphiqlPage {
  private static final Logger LOG = LoggerFactory.getLogger(GraphiqlPage.class);
  private static final String OURS = "dev/gatehouse/graphql/graphiql/";
  private static final String WEB_JARS = "META-INF/resources/webjars/";
  /** By name; nothing else is served. */
  private static final Map<String, String> ASSETS = Map.of(
      "graphiql.min.js", WEB_JARS + "graphiql/2.4.7/graphiql.min.js",
      "graphiql.min.css", WEB_JARS + "graphiql/2.4.7/graphiql.min.css",
      "react.production.min.js", WEB_JARS + "react/18.2.0/umd/react.production.min.js",
      "react-dom.production.min.js", WEB_JARS + "react-dom/18.2.0/umd/react-dom.production.min.js",
      "page.js", OURS + "page.js",
      "page.css", OURS + "page.css");
  /** No script and no style stands in the page itself, so that nothing needs a nonce. */
  private static final String POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src data:; "
          + "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

  private final Vertx vertx;
  private final String path;
  private final String assets;
  private final Map<String, Buffer> loaded = new HashMap<>();

  /**
   * @param path of the door
   */
  GraphiqlPage(Vertx vertx, String path) {
    this.vertx = vertx;
    this.path = path;
    this.assets = path + "/graphiql/";
  }

  /**
   * Takes what a browser asks for to show the page.
   *
   * @return false where it is anything else
   */
  boolean handle(HttpServerRequest request) {
    String asked = request.path();
    if (asked == null || !request.method().equals(HttpMethod.GET)) {
      return false;
    }
    if (asked.equals(path) && isBrowser(request)) {
      send(request, "index.html", OURS + "index.html");
      return true;
    }
    if (!asked.startsWith(assets)) {
      return false;
    }
    String name = asked.substring(assets.length());
    String resource = ASSETS.get(name);
    if (resource == null) {
      return false;
    }
    send(request, name, resource);
    return true;
  }

  /** Programs do not ask for HTML. */
  private static boolean isBrowser(HttpServerRequest request) {
    String accept = request.getHeader(HttpHeaderNames.ACCEPT);
    return accept != null && accept.toLowerCase(Locale.ROOT).contains("text/html");
  }

  private void send(HttpServerRequest request, String name, String resource) {
    Buffer known = loaded.get(name);
    if (known != null) {
      send(request, name, known);
      return;
    }
    vertx.<@Nullable Buffer>executeBlocking(() -> read(resource)).onComplete(read -> {
      Buffer content = read.result();
      if (content == null) {
        LOG.warn(
            "{} is not on the class path, so GraphiQL cannot be shown", resource, read.cause());
        Problem.of(404, "not_found", null).answer(request);
        return;
      }
      loaded.put(name, content);
      send(request, name, content);
    });
  }

  private @Nullable Buffer read(String resource) throws IOException {
    try (InputStream in = GraphiqlPage.class.getClassLoader().getResourceAsStream(resource)) {
      if (in == null) {
        return null;
      }
      byte[] bytes = in.readAllBytes();
      return resource.endsWith("index.html")
          ? Buffer.buffer(new String(bytes, StandardCharsets.UTF_8).replace("{assets}/", assets))
          : Buffer.buffer(bytes);
    }
  }

  private static void send(HttpServerRequest request, String name, Buffer content) {
    HttpServerResponse response = request.response();
    if (response.closed()) {
      return;
    }
    response
        .putHeader(HttpHeaderNames.CONTENT_TYPE, type(name))
        .putHeader(HttpHeaderNames.CACHE_CONTROL, "no-store")
        .putHeader(HttpHeaderNames.CONTENT_SECURITY_POLICY, POLICY)
        .putHeader("x-content-type-options", "nosniff")
        .putHeader("referrer-policy", "no-referrer")
        .end(content);
  }

  private static String type(String name) {
    if (name.endsWith(".js")) {
      return "text/javascript; charset=utf-8";
    }
    return name.endsWith(".css") ? "text/css; charset=utf-8" : "text/html; charset=utf-8";
  }
}

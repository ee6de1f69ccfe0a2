package dev.gatehouse.examples.storefront.services;

import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** All services on free ports, fresh for each test, and a client that speaks to them over real sockets. */
final class RunningServices implements BeforeEachCallback, AfterEachCallback {
  private final HttpClient client = HttpClient.newHttpClient();
  private @Nullable Vertx vertx;
  private @Nullable DemoServices services;

  @Override
  public void beforeEach(ExtensionContext context) {
    Vertx started = Vertx.vertx();
    vertx = started;
    services = DemoServices.start(started, Ports.ANY_FREE).await();
  }

  @Override
  public void afterEach(ExtensionContext context) {
    services().close().await();
    vertx().close().await();
  }

  DemoServices services() {
    return Objects.requireNonNull(services);
  }

  Vertx vertx() {
    return Objects.requireNonNull(vertx);
  }

  URI uri(DemoService service, String path) {
    return URI.create(services().uri(service) + path);
  }

  URI control(String path) {
    return URI.create("http://127.0.0.1:" + services().ports().control() + path);
  }

  HttpResponse<String> get(DemoService service, String path) {
    return send("GET", uri(service, path), "");
  }

  JsonObject object(DemoService service, String path) {
    return new JsonObject(get(service, path).body());
  }

  JsonArray array(DemoService service, String path) {
    return new JsonArray(get(service, path).body());
  }

  HttpResponse<String> send(
      String method, DemoService service, String path, String body, String... headers) {
    return send(method, uri(service, path), body, headers);
  }

  HttpResponse<String> send(String method, URI uri, String body, String... headers) {
    try {
      return tryToSend(Version.HTTP_1_1, method, uri, body, headers);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** For answers that may not arrive. */
  HttpResponse<String> tryToSend(
      Version version, String method, URI uri, String body, String... headers) throws IOException {
    try {
      return client.send(request(version, method, uri, body, headers), BodyHandlers.ofString());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
  }

  CompletableFuture<HttpResponse<String>> sendAsync(DemoService service, String path) {
    return client.sendAsync(
        request(Version.HTTP_1_1, "GET", uri(service, path), ""), BodyHandlers.ofString());
  }

  List<?> calls(DemoService service) {
    return object(service, "/__calls").getJsonArray("paths").getList();
  }

  /** Returns once the service has received so many calls. */
  void awaitCalls(DemoService service, int count) {
    while (calls(service).size() < count) {
      Thread.onSpinWait();
    }
  }

  private static HttpRequest request(
      Version version, String method, URI uri, String body, String... headers) {
    HttpRequest.Builder request = HttpRequest.newBuilder(uri)
        .version(version)
        .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
    return (headers.length == 0 ? request : request.headers(headers)).build();
  }
}

package dev.gatehouse.benchmarks.handwritten;

import dev.gatehouse.benchmarks.workload.Endpoints;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.HttpResponse;
import io.vertx.ext.web.client.WebClient;
import java.util.Collection;
import java.util.stream.Collectors;

/** The shop's services as futures. A status other than 200 is a {@link ShopException}. */
final class ShopClient {
  private static final String HOST = "127.0.0.1";
  private static final long TIMEOUT_MILLIS = 3_000;
  private static final long RECOMMENDATIONS_TIMEOUT_MILLIS = 500;
  private static final int OK = 200;
  private static final int NOT_FOUND = 404;

  private final WebClient web;
  private final Endpoints endpoints;

  ShopClient(WebClient web, Endpoints endpoints) {
    this.web = web;
    this.endpoints = endpoints;
  }

  /** The product as it came, or the 404. */
  Future<HttpResponse<Buffer>> rawProduct(String id) {
    return get(endpoints.products(), "/products/" + id, TIMEOUT_MILLIS).map(response -> {
      int status = response.statusCode();
      if (status != OK && status != NOT_FOUND) {
        throw new ShopException(status);
      }
      return response;
    });
  }

  Future<JsonObject> product(String id) {
    return object(endpoints.products(), "/products/" + id, TIMEOUT_MILLIS);
  }

  Future<JsonObject> price(String id) {
    return object(endpoints.prices(), "/prices/" + id, TIMEOUT_MILLIS);
  }

  Future<JsonObject> stock(String id) {
    return object(endpoints.stock(), "/stock/" + id, TIMEOUT_MILLIS);
  }

  Future<JsonArray> reviews(String productId) {
    return object(endpoints.reviews(), "/reviews?product=" + productId, TIMEOUT_MILLIS)
        .map(reviews -> reviews.getJsonArray("items"));
  }

  Future<JsonArray> users(Collection<Integer> ids) {
    return several(endpoints.users(), "/users?ids=", ids);
  }

  Future<JsonArray> prices(Collection<Integer> ids) {
    return several(endpoints.prices(), "/prices?ids=", ids);
  }

  Future<JsonArray> recommendations(String productId) {
    return object(
            endpoints.recommendations(),
            "/recommendations/" + productId,
            RECOMMENDATIONS_TIMEOUT_MILLIS)
        .map(recommendations -> recommendations.getJsonArray("ids"));
  }

  private Future<JsonArray> several(int port, String uri, Collection<Integer> ids) {
    String list = ids.stream().map(String::valueOf).collect(Collectors.joining(","));
    return get(port, uri + list, TIMEOUT_MILLIS).map(response -> ok(response).bodyAsJsonArray());
  }

  private Future<JsonObject> object(int port, String uri, long timeoutMillis) {
    return get(port, uri, timeoutMillis).map(response -> ok(response).bodyAsJsonObject());
  }

  private Future<HttpResponse<Buffer>> get(int port, String uri, long timeoutMillis) {
    return web.get(port, HOST, uri).timeout(timeoutMillis).send();
  }

  private static HttpResponse<Buffer> ok(HttpResponse<Buffer> response) {
    if (response.statusCode() != OK) {
      throw new ShopException(response.statusCode());
    }
    return response;
  }
}

package dev.gatehouse.examples.storefront.services;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpMethod;
import java.util.Arrays;

/** Calls each service a few times, so that the first call that matters is not the first of all, then has them forget it. */
final class Rehearsal {
  private static final int ROUNDS = 5;

  private final HttpClient client;
  private final DemoServices services;

  private Rehearsal(HttpClient client, DemoServices services) {
    this.client = client;
    this.services = services;
  }

  static Future<DemoServices> of(Vertx vertx, DemoServices services) {
    HttpClient client = vertx.createHttpClient();
    Rehearsal rehearsal = new Rehearsal(client, services);
    return Future.join(
            Arrays.stream(DemoService.values()).map(rehearsal::rehearse).toList())
        .eventually(client::close)
        .map(services);
  }

  private Future<Void> rehearse(DemoService service) {
    Future<Void> done = Future.succeededFuture();
    for (int round = 0; round < ROUNDS; round++) {
      done = done.compose(before -> call(service, HttpMethod.GET, service.example()));
    }
    return done.compose(before -> call(service, HttpMethod.DELETE, "/__calls"));
  }

  private Future<Void> call(DemoService service, HttpMethod method, String path) {
    return client
        .request(method, services.uri(service).getPort(), "127.0.0.1", path)
        .compose(request -> request.send())
        .compose(response -> response.end());
  }
}

package dev.gatehouse.benchmarks.spliced;

import dev.gatehouse.benchmarks.workload.Endpoints;
import dev.gatehouse.benchmarks.workload.Transport;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.http.HttpClientAgent;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.util.concurrent.TimeUnit;

/** The two doors, told apart by the beginning of the path. */
public final class Spliced extends VerticleBase {
  private static final String PRODUCT = "/api/products/";
  private static final String PRODUCT_PAGE = "/api/product-page/";
  private static final int TIMEOUT_MILLIS = 3_000;
  private static final int RECOMMENDATIONS_TIMEOUT_MILLIS = 500;

  private final Endpoints endpoints;
  private final int port;

  private Spliced(Endpoints endpoints, int port) {
    this.endpoints = endpoints;
    this.port = port;
  }

  /** Serves with one verticle per core; ports come from the environment. */
  public static void main(String[] args) throws Exception {
    Endpoints endpoints = Endpoints.fromEnvironment();
    int port = Endpoints.ownPort();
    int instances = Runtime.getRuntime().availableProcessors();
    Transport.vertx()
        .deployVerticle(
            () -> new Spliced(endpoints, port), new DeploymentOptions().setInstances(instances))
        .toCompletionStage()
        .toCompletableFuture()
        .get(30, TimeUnit.SECONDS);
  }

  @Override
  public Future<?> start() {
    Deadlines deadlines = new Deadlines(TIMEOUT_MILLIS);
    Deadlines shortDeadlines = new Deadlines(RECOMMENDATIONS_TIMEOUT_MILLIS);
    vertx.setPeriodic(Deadlines.TICK_MILLIS, tick -> {
      deadlines.tick();
      shortDeadlines.tick();
    });
    HttpClientAgent client = vertx.createHttpClient();
    Services services = new Services(
        new Upstream(client, endpoints.products(), deadlines),
        new Upstream(client, endpoints.prices(), deadlines),
        new Upstream(client, endpoints.stock(), deadlines),
        new Upstream(client, endpoints.reviews(), deadlines),
        new Upstream(client, endpoints.users(), deadlines),
        new Upstream(client, endpoints.recommendations(), shortDeadlines));
    return vertx
        .createHttpServer()
        .requestHandler(request -> route(request, services))
        .listen(port, "127.0.0.1");
  }

  private static void route(HttpServerRequest request, Services services) {
    String uri = request.uri();
    if (uri.startsWith(PRODUCT_PAGE)) {
      new ProductPage(services, uri.substring(PRODUCT_PAGE.length()), request.response()).start();
    } else if (uri.startsWith(PRODUCT)) {
      proxy(uri.substring(PRODUCT.length()), services, request.response());
    } else {
      Responses.notFound(request.response());
    }
  }

  private static void proxy(String id, Services services, HttpServerResponse response) {
    services.products().get("/products/" + id, reply -> {
      if (reply.isOk()) {
        Responses.ok(response, reply.body());
      } else if (reply.isNotFound()) {
        Responses.notFound(response);
      } else {
        Responses.upstreamFailed(response);
      }
    });
  }
}

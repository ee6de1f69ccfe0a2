package dev.gatehouse.benchmarks.handwritten;

import dev.gatehouse.benchmarks.workload.Endpoints;
import dev.gatehouse.benchmarks.workload.Transport;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.client.WebClient;
import io.vertx.ext.web.client.WebClientOptions;
import java.util.concurrent.TimeUnit;

/** The two doors: a product passed through, and the product page. */
public final class Handwritten extends VerticleBase {
  private static final int CONNECT_TIMEOUT_MILLIS = 1_000;
  private static final int CONNECTIONS_PER_SERVICE = 256;

  private final Endpoints endpoints;
  private final int port;

  private Handwritten(Endpoints endpoints, int port) {
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
            () -> new Handwritten(endpoints, port), new DeploymentOptions().setInstances(instances))
        .toCompletionStage()
        .toCompletableFuture()
        .get(30, TimeUnit.SECONDS);
  }

  @Override
  public Future<?> start() {
    WebClient web = WebClient.create(
        vertx,
        new WebClientOptions().setConnectTimeout(CONNECT_TIMEOUT_MILLIS),
        new PoolOptions().setHttp1MaxSize(CONNECTIONS_PER_SERVICE));
    ShopClient shop = new ShopClient(web, endpoints);
    ProductPages pages = new ProductPages(shop);

    Router router = Router.router(vertx);
    router.get("/api/products/:id").handler(context -> proxy(context, shop));
    router.get("/api/product-page/:id").handler(context -> page(context, pages));
    return vertx.createHttpServer().requestHandler(router).listen(port, "127.0.0.1");
  }

  private static void proxy(RoutingContext context, ShopClient shop) {
    shop.rawProduct(context.pathParam("id"))
        .onSuccess(product -> context
            .response()
            .setStatusCode(product.statusCode())
            .putHeader(HttpHeaders.CONTENT_TYPE, "application/json")
            .end(product.body()))
        .onFailure(failure -> answerFailure(context, failure));
  }

  private static void page(RoutingContext context, ProductPages pages) {
    pages
        .page(context.pathParam("id"))
        .onSuccess(context::json)
        .onFailure(failure -> answerFailure(context, failure));
  }

  private static void answerFailure(RoutingContext context, Throwable failure) {
    boolean unknown = failure instanceof ShopException shopFailure && shopFailure.isNotFound();
    context.response().setStatusCode(unknown ? 404 : 502);
    context.json(new JsonObject().put("error", unknown ? "not found" : "upstream failed"));
  }
}

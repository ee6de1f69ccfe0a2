package dev.gatehouse.benchmarks.handwritten;

import dev.gatehouse.benchmarks.workload.Endpoints;
import dev.gatehouse.benchmarks.workload.Transport;
import graphql.ExecutionInput;
import graphql.GraphQL;
import graphql.execution.preparsed.PreparsedDocumentEntry;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.client.WebClient;
import io.vertx.ext.web.client.WebClientOptions;
import io.vertx.ext.web.handler.BodyHandler;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/** The shop's products by GraphQL Java, with data loaders, and with parsed and validated documents kept. */
public final class HandwrittenGraphql extends VerticleBase {
  private static final int CONNECT_TIMEOUT_MILLIS = 1_000;
  private static final int CONNECTIONS_PER_SERVICE = 256;

  private final Endpoints endpoints;
  private final int port;

  private HandwrittenGraphql(Endpoints endpoints, int port) {
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
            () -> new HandwrittenGraphql(endpoints, port),
            new DeploymentOptions().setInstances(instances))
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
    ShopGraph graph = new ShopGraph(new ShopClient(web, endpoints));
    Map<String, PreparsedDocumentEntry> documents = new ConcurrentHashMap<>();
    GraphQL graphql = GraphQL.newGraphQL(graph.schema())
        .preparsedDocumentProvider((input, parse) -> CompletableFuture.completedFuture(
            documents.computeIfAbsent(input.getQuery(), query -> parse.apply(input))))
        .build();
    Router router = Router.router(vertx);
    router
        .post("/graphql")
        .handler(BodyHandler.create(false))
        .handler(context -> answer(context, graphql, graph));
    return vertx.createHttpServer().requestHandler(router).listen(port, "127.0.0.1");
  }

  private static void answer(RoutingContext context, GraphQL graphql, ShopGraph graph) {
    JsonObject body = context.body().asJsonObject();
    ExecutionInput input = ExecutionInput.newExecutionInput()
        .query(body.getString("query"))
        .operationName(body.getString("operationName"))
        .variables(body.getJsonObject("variables", new JsonObject()).getMap())
        .dataLoaderRegistry(graph.loaders())
        .build();
    Future.fromCompletionStage(graphql.executeAsync(input))
        .onSuccess(result -> context.json(new JsonObject(result.toSpecification())))
        .onFailure(context::fail);
  }
}

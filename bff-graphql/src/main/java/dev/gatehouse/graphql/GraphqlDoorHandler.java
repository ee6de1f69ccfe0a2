package dev.gatehouse.graphql;

import dev.gatehouse.dsl.finding.DefinitionException;
import dev.gatehouse.dsl.finding.Finding;
import dev.gatehouse.runtime.door.DoorContext;
import dev.gatehouse.runtime.door.DoorHandler;
import dev.gatehouse.runtime.door.Problem;
import dev.gatehouse.runtime.telemetry.AccessEntry;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** An open GraphQL door: lets an exchange serve each request. Confined to one event loop. */
final class GraphqlDoorHandler implements DoorHandler {
  private static final String ALLOW = "GET, HEAD, OPTIONS, POST";

  private final OpenDoor door;
  private final String path;
  private final @Nullable GraphiqlPage page;
  private final String bff;
  private final Buffer schema;
  private final AtomicInteger sockets;

  GraphqlDoorHandler(GraphqlFields fields, DoorContext context) {
    DoorCompiler compiler = fields.compile();
    List<Finding> findings = compiler.findings();
    if (!findings.isEmpty()) {
      throw new DefinitionException("GraphQL door of BFF " + context.bff().name(), findings);
    }
    this.path = fields.door().path();
    this.sockets = context.telemetry().webSockets(GraphqlDoor.KIND);
    this.page = context.settings().development() ? new GraphiqlPage(context.vertx(), path) : null;
    this.bff = context.bff().name();
    this.schema = Buffer.buffer(compiler.api().text());
    this.door = new OpenDoor(fields, compiler.api(), context);
  }

  @Override
  public boolean handle(HttpServerRequest request) {
    if (page != null && page.handle(request)) {
      return true;
    }
    if (!path.equals(request.path())) {
      return false;
    }
    if (request.canUpgradeToWebSocket()) {
      new SocketUpgrade(door, request, sockets).begin();
      return true;
    }
    long start = System.nanoTime();
    HttpMethod method = request.method();
    if (method.equals(HttpMethod.POST)
        || method.equals(HttpMethod.GET)
        || method.equals(HttpMethod.HEAD)) {
      new GraphqlExchange(door, request, start).begin();
    } else if (method.equals(HttpMethod.OPTIONS)) {
      request
          .response()
          .putHeader(HttpHeaderNames.ALLOW, ALLOW)
          .setStatusCode(204)
          .end();
      done(request, 204, start);
    } else {
      Problem.of(405, "method_not_allowed", "The method is not one of: " + ALLOW + ".")
          .withHeader("allow", ALLOW)
          .answer(request);
      done(request, 405, start);
    }
    return true;
  }

  @Override
  public List<String> webSocketProtocols() {
    return List.of(GraphqlSocket.PROTOCOL);
  }

  @Override
  public boolean takesWebSocket(HttpServerRequest request) {
    return path.equals(request.path());
  }

  @Override
  public Future<Void> close() {
    return door.lasting().close();
  }

  @Override
  public void manage(Router management) {
    management
        .get("/bffs/" + bff + "/schema.graphqls")
        .handler(context -> context
            .response()
            .putHeader(HttpHeaderNames.CONTENT_TYPE, "text/plain; charset=utf-8")
            .putHeader(HttpHeaderNames.CACHE_CONTROL, "no-cache")
            .end(schema));
  }

  private void done(HttpServerRequest request, int status, long start) {
    long nanos = System.nanoTime() - start;
    door.meterOf(OpenDoor.nothing()).answered(status, nanos, 0);
    door.context()
        .telemetry()
        .ended(
            new AccessEntry(
                request.method().name(), OpenDoor.nothing(), status, 0, nanos, 0, List.of(), false),
            door.context().telemetry().begin(request));
  }
}

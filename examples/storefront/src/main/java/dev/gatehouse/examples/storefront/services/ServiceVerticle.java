package dev.gatehouse.examples.storefront.services;

import static io.vertx.core.http.HttpMethod.DELETE;
import static io.vertx.core.http.HttpMethod.GET;
import static io.vertx.core.http.HttpMethod.POST;
import static io.vertx.core.http.HttpMethod.PUT;
import static java.util.concurrent.TimeUnit.MILLISECONDS;

import dev.gatehouse.examples.storefront.services.Faults.Strike;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

/**
 * One microservice: an HTTP server that counts its calls, misbehaves when told to, and can be stopped. Paths that
 * begin with {@code /__} are for the operator; they are neither counted nor faulted.
 */
abstract class ServiceVerticle extends HttpVerticle {
  private static final int REMEMBERED_CALLS = 200;
  private static final int TRICKLE_PIECES = 10;
  private static final int TRICKLE_PAUSE_MILLIS = 100;

  private final String name;
  private final String cacheControl;
  private final Routes operator = new Routes();
  private final Routes routes = new Routes();
  private final Deque<String> lastCalls = new ArrayDeque<>();
  private final Set<HttpServerResponse> hanging = new HashSet<>();
  private long callCount;
  private Faults faults = Faults.NONE;
  private Random dice = new Random(1);

  /**
   * @param port where to listen; 0 for any free port
   * @param cacheControl sent with every answer that is no error
   */
  ServiceVerticle(String name, int port, String cacheControl) {
    super(name, port);
    this.name = name;
    this.cacheControl = cacheControl;
    operator
        .on(GET, "/__health", call -> Reply.ok(status("up")))
        .on(GET, "/__calls", call -> calls())
        .on(DELETE, "/__calls", call -> forgetCalls())
        .on(GET, "/__faults", call -> Reply.ok(faults.toJson()))
        .on(PUT, "/__faults", call -> misbehave(Faults.from(call.jsonObject())))
        .on(DELETE, "/__faults", call -> misbehave(Faults.NONE))
        .on(POST, "/__stop", call -> stopSoon());
  }

  /** Says what the service answers; called once, when it starts. */
  abstract void addTo(Routes routes);

  @Override
  public Future<?> start() {
    addTo(routes);
    return super.start();
  }

  @Override
  public Future<?> stop() {
    List.copyOf(hanging).forEach(HttpServerResponse::reset); // nobody would ever answer them
    return super.stop();
  }

  private JsonObject status(String status) {
    return new JsonObject().put("service", name).put("status", status);
  }

  private Reply calls() {
    JsonArray paths = new JsonArray(List.copyOf(lastCalls));
    return Reply.ok(new JsonObject().put("count", callCount).put("paths", paths));
  }

  private Reply forgetCalls() {
    callCount = 0;
    lastCalls.clear();
    return Reply.noContent();
  }

  private Reply stopSoon() {
    undeploy();
    return Reply.json(202, status("stopping"));
  }

  private Reply misbehave(Faults wanted) {
    faults = wanted;
    dice = new Random(1); // the same faults strike the same calls, each time they are set
    return Reply.ok(wanted.toJson());
  }

  @Override
  void serve(HttpServerRequest request) {
    // Where reading fails the client has left, and nobody is there to answer.
    String path = Call.path(request);
    if (path.startsWith("/__")) {
      Call.read(request)
          .compose(operator::answer)
          .onSuccess(reply -> reply.with("Cache-Control", "no-store").sendTo(request.response()));
      return;
    }
    remember(request.method() + " " + request.uri());
    Strike strike = faults.strike(path, dice);
    Call.read(request)
        .onSuccess(call -> after(strike.delayMillis()).onSuccess(waited -> suffer(call, strike)));
  }

  private void remember(String requestLine) {
    callCount++;
    lastCalls.addLast(requestLine);
    if (lastCalls.size() > REMEMBERED_CALLS) {
      lastCalls.removeFirst();
    }
  }

  private void suffer(Call call, Strike strike) {
    HttpServerResponse response = call.request().response();
    if (response.closed()) {
      return;
    }
    switch (strike.kind()) {
      case STATUS -> Reply.problem(strike.status(), name + " was told to fail").sendTo(response);
      case HANG -> {
        hanging.add(response);
        response.closeHandler(left -> hanging.remove(response));
      }
      case RESET -> response.reset();
      case NONE -> answer(call).onSuccess(reply -> reply.sendTo(response));
      case TRUNCATE ->
        answer(call)
            .onSuccess(reply -> reply
                .writeHead(response)
                .write(firstHalf(reply.body()))
                .onSuccess(written -> response.reset()));
      case MALFORMED ->
        answer(call).onSuccess(reply -> reply.withBody(firstHalf(reply.body())).sendTo(response));
      case TRICKLE ->
        answer(call).onSuccess(reply -> trickle(reply.writeHead(response), reply.body(), 1));
    }
  }

  private Future<Reply> answer(Call call) {
    return routes.answer(call).map(reply -> reply.with("Cache-Control", cacheControl));
  }

  private void trickle(HttpServerResponse response, Buffer body, int piece) {
    if (response.closed()) {
      return;
    }
    Buffer bytes = body.slice(
        body.length() * (piece - 1) / TRICKLE_PIECES, body.length() * piece / TRICKLE_PIECES);
    if (piece == TRICKLE_PIECES) {
      response.end(bytes);
    } else {
      response.write(bytes);
      after(TRICKLE_PAUSE_MILLIS).onSuccess(waited -> trickle(response, body, piece + 1));
    }
  }

  private Future<Void> after(long millis) {
    return millis == 0 ? Future.succeededFuture() : vertx.timer(millis, MILLISECONDS);
  }

  private static Buffer firstHalf(Buffer body) {
    return body.slice(0, body.length() / 2);
  }
}

package dev.gatehouse.examples.storefront.services;

import static io.vertx.core.http.HttpMethod.GET;
import static io.vertx.core.http.HttpMethod.POST;
import static java.util.stream.Collectors.joining;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;

/**
 * Lists, stops and starts the services, so that a demonstration needs curl only.
 *
 * <pre>
 * GET  /                        a page with commands to try
 * GET  /services                {services: [{name, port, state: running | stopped}]}
 * POST /services/{name}/stop    answers when it has stopped
 * POST /services/{name}/start   answers when it is there again
 * </pre>
 */
final class Control extends HttpVerticle {
  private final DemoServices services;
  private final Routes routes = new Routes();

  Control(DemoServices services, int port) {
    super("control", port);
    this.services = services;
    routes
        .on(GET, "/", call -> Reply.of(200, "text/html; charset=utf-8", Buffer.buffer(page())))
        .on(GET, "/services", call -> list())
        .onAsync(POST, "/services/{name}/stop", call -> change(call, services::stop))
        .onAsync(POST, "/services/{name}/start", call -> change(call, services::start));
  }

  @Override
  void serve(HttpServerRequest request) {
    Call.read(request)
        .compose(routes::answer)
        .onSuccess(reply -> reply.with("Cache-Control", "no-store").sendTo(request.response()));
  }

  private Reply list() {
    JsonArray all = Reply.array(List.of(DemoService.values()), this::describe);
    return Reply.ok(new JsonObject().put("services", all));
  }

  private Future<Reply> change(Call call, Function<DemoService, Future<Void>> change) {
    String name = call.variable("name");
    DemoService service =
        DemoService.labelled(name).orElseThrow(() -> Problem.notFound("service", name));
    return change.apply(service).map(changed -> Reply.ok(describe(service)));
  }

  private JsonObject describe(DemoService service) {
    return new JsonObject()
        .put("name", service.label())
        .put("port", services.uri(service).getPort())
        .put("state", services.isRunning(service) ? "running" : "stopped");
  }

  private String page() {
    String rows = Arrays.stream(DemoService.values()).map(this::row).collect(joining("\n"));
    return """
        <!doctype html>
        <html lang="en">
        <meta charset="utf-8">
        <title>Storefront services</title>
        <style>
        body { font-family: sans-serif; margin: 2rem }
        td, th { padding: .3rem 1rem .3rem 0; text-align: left }
        </style>
        <h1>Storefront services</h1>
        <table>
        <tr><th>service<th>state<th>try
        %s
        </table>
        <h2>Make one slow, failing, or gone</h2>
        <pre>
        curl -X PUT %2$s/__faults -d '{"latencyMillis":200,"jitterMillis":50}'
        curl -X PUT %2$s/__faults -d '{"errorShare":0.1,"status":503}'
        curl -X PUT %2$s/__faults -d '{"hang":true}'          # or reset, truncate, malformed, trickle
        curl -X DELETE %2$s/__faults
        curl %2$s/__calls                                     # what it was asked; DELETE forgets
        curl -X POST http://127.0.0.1:%3$d/services/recommendations/stop   # or start
        </pre>
        """.formatted(rows, services.uri(DemoService.RECOMMENDATIONS), port());
  }

  private String row(DemoService service) {
    return "<tr><td>%s<td>%s<td><code>curl %s</code>"
        .formatted(
            service.label(),
            services.isRunning(service) ? "running" : "stopped",
            "'" + services.uri(service) + service.example() + "'");
  }
}

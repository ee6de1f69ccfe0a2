package dev.gatehouse.runtime.engine;

import dev.gatehouse.runtime.upstream.Upstream;
import dev.gatehouse.runtime.upstream.UpstreamException;
import dev.gatehouse.runtime.upstream.UpstreamRequest;
import dev.gatehouse.runtime.upstream.UpstreamResponse;
import dev.gatehouse.runtime.upstream.Upstreams;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.Promise;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Services whose answers a test writes down, and whose calls it can hold back. */
final class ScriptedServices implements Upstreams {
  private final Map<String, Object> answers = new LinkedHashMap<>();
  private final List<Held> held = new ArrayList<>();
  private boolean holding;

  /** Every request line, in the order sent: {@code catalog GET /products/1}. */
  final List<String> calls = new ArrayList<>();

  final List<UpstreamRequest> requests = new ArrayList<>();

  private record Held(String call, Promise<UpstreamResponse> promise, Object answer) {}

  ScriptedServices answer(String call, String json) {
    answers.put(call, respond(200, json));
    return this;
  }

  ScriptedServices answer(String call, int status, String body) {
    answers.put(call, respond(status, body));
    return this;
  }

  ScriptedServices fail(String call, UpstreamException failure) {
    answers.put(call, failure);
    return this;
  }

  /** From now on calls stay open until {@link #release()}. */
  ScriptedServices hold() {
    holding = true;
    return this;
  }

  /** Answers one open call; the others stay open. */
  void releaseOne(String call) {
    Held found =
        held.stream().filter(each -> each.call().equals(call)).findFirst().orElseThrow();
    held.remove(found);
    complete(found.promise(), found.answer());
  }

  /** Answers all open calls, the last first. */
  void release() {
    holding = false;
    List<Held> open = new ArrayList<>(held);
    held.clear();
    for (int i = open.size() - 1; i >= 0; i--) {
      complete(open.get(i).promise(), open.get(i).answer());
    }
  }

  /** Answers open calls one after the other, the first first, until none is open: as services do that take their time. */
  void releaseInTurn() {
    while (!held.isEmpty()) {
      Held first = held.remove(0);
      complete(first.promise(), first.answer());
    }
  }

  private static UpstreamResponse respond(int status, String body) {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    return new UpstreamResponse(status, MultiMap.caseInsensitiveMultiMap(), bytes, 0, bytes.length);
  }

  private static void complete(Promise<UpstreamResponse> promise, Object answer) {
    if (answer instanceof UpstreamResponse response) {
      promise.tryComplete(response);
    } else {
      promise.tryFail((UpstreamException) answer);
    }
  }

  @Override
  public Upstream service(String name) {
    return new Upstream() {
      @Override
      public Future<UpstreamResponse> send(UpstreamRequest request) {
        String call = name + " " + request.method() + " " + request.uri()
            + (request.body() == null
                ? ""
                : " " + new String(request.body(), StandardCharsets.UTF_8));
        calls.add(call);
        requests.add(request);
        Object answer = answers.getOrDefault(call, respond(404, ""));
        Promise<UpstreamResponse> promise = Promise.promise();
        request.onCancel(promise::tryFail);
        if (holding) {
          held.add(new Held(call, promise, answer));
        } else {
          complete(promise, answer);
        }
        return promise.future();
      }

      @Override
      public Future<Void> close() {
        return Future.succeededFuture();
      }
    };
  }
}

package dev.gatehouse.runtime.mesh.layer;

import dev.gatehouse.runtime.upstream.Upstream;
import dev.gatehouse.runtime.upstream.UpstreamException;
import dev.gatehouse.runtime.upstream.UpstreamRequest;
import dev.gatehouse.runtime.upstream.UpstreamResponse;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Function;

/** What stands below a layer under test: answers in order, the last answer for ever; holds calls back where it is told to. */
public final class ScriptedUpstream implements Upstream {
  private final Deque<Function<UpstreamRequest, Future<UpstreamResponse>>> script =
      new ArrayDeque<>();
  private final List<UpstreamRequest> requests = new ArrayList<>();
  private final Deque<Held> held = new ArrayDeque<>();

  /** A call that waits for its answer. */
  public record Held(UpstreamRequest request, Promise<UpstreamResponse> answer) {
    public void answer(UpstreamResponse response) {
      request.onCancel(null);
      answer.complete(response);
    }

    public void fail(UpstreamException failure) {
      request.onCancel(null);
      answer.fail(failure);
    }
  }

  public ScriptedUpstream answer(int status, String... headers) {
    return then(request -> Future.succeededFuture(LayerLoop.response(status, headers)));
  }

  public ScriptedUpstream fail(UpstreamException failure) {
    return then(request -> Future.failedFuture(failure));
  }

  /** Holds calls back until {@link #held()} ends them, or they are cancelled. */
  public ScriptedUpstream hold() {
    return then(request -> {
      Held call = new Held(request, Promise.promise());
      held.add(call);
      request.onCancel(reason -> {
        held.remove(call);
        call.answer().fail(reason);
      });
      return call.answer().future();
    });
  }

  public ScriptedUpstream then(Function<UpstreamRequest, Future<UpstreamResponse>> action) {
    script.add(action);
    return this;
  }

  /** Forgets what was to come. */
  public ScriptedUpstream reset() {
    script.clear();
    return this;
  }

  @Override
  public Future<UpstreamResponse> send(UpstreamRequest request) {
    requests.add(request);
    Function<UpstreamRequest, Future<UpstreamResponse>> action =
        script.size() > 1 ? script.poll() : script.peek();
    return action.apply(request);
  }

  /** All that were sent, in order. */
  public List<UpstreamRequest> requests() {
    return requests;
  }

  public int sent() {
    return requests.size();
  }

  /** Takes out the call that was held back first. */
  public Held held() {
    return held.remove();
  }

  public int waiting() {
    return held.size();
  }

  @Override
  public Future<Void> close() {
    return Future.succeededFuture();
  }
}

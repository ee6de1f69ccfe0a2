package dev.gatehouse.runtime.engine.reference;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.gatehouse.dsl.graph.OperationSpec;
import dev.gatehouse.dsl.graph.OperationSpec.Batch;
import dev.gatehouse.dsl.graph.OperationSpec.HttpTarget;
import dev.gatehouse.runtime.upstream.FailureClass;
import dev.gatehouse.runtime.upstream.Upstream;
import dev.gatehouse.runtime.upstream.UpstreamException;
import dev.gatehouse.runtime.upstream.UpstreamRequest;
import dev.gatehouse.runtime.upstream.UpstreamResponse;
import dev.gatehouse.runtime.upstream.Upstreams;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.Promise;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** The services of a {@link World}: each call is answered at once, or when the test says so, in an order that the seed says. */
public final class RandomServices implements Upstreams {
  private final World world;
  private final Random random;
  private final List<Pending> pending = new ArrayList<>();
  private final List<UpstreamRequest> requests = new ArrayList<>();
  private final List<String> asked = new ArrayList<>();

  private record Pending(
      UpstreamRequest request, Promise<UpstreamResponse> promise, World.Reply reply) {}

  public RandomServices(World world, Random random) {
    this.world = world;
    this.random = random;
  }

  /** What was asked for, in the order sent: the operation and the identity of the call, one per key of a batch. */
  public List<String> asked() {
    return asked;
  }

  /** Every call, in the order sent. */
  public List<UpstreamRequest> requests() {
    return requests;
  }

  /** The calls that are neither answered nor given up. */
  public List<UpstreamRequest> open() {
    return pending.stream()
        .filter(call -> !call.promise().future().isComplete())
        .map(Pending::request)
        .toList();
  }

  /** Answers one of the open calls, or ends it where its time is over; false where there is none. */
  public boolean answerOne() {
    pending.removeIf(call -> call.promise().future().isComplete());
    if (pending.isEmpty()) {
      return false;
    }
    Pending call = pending.remove(random.nextInt(pending.size()));
    if (call.request().deadlineNanos() - System.nanoTime() <= 0) {
      call.promise().tryFail(new UpstreamException(FailureClass.TIMED_OUT, "too late"));
    } else {
      complete(call.promise(), call.reply());
    }
    return true;
  }

  @Override
  public Upstream service(String name) {
    return new Upstream() {
      @Override
      public Future<UpstreamResponse> send(UpstreamRequest request) {
        return answer(request);
      }

      @Override
      public Future<Void> close() {
        return Future.succeededFuture();
      }
    };
  }

  private Future<UpstreamResponse> answer(UpstreamRequest request) {
    requests.add(request);
    Promise<UpstreamResponse> promise = Promise.promise();
    World.Reply reply = reply(request);
    if (random.nextInt(4) == 0) {
      complete(promise, reply);
    } else {
      request.onCancel(promise::tryFail);
      pending.add(new Pending(request, promise, reply));
    }
    return promise.future();
  }

  private World.Reply reply(UpstreamRequest request) {
    OperationSpec operation = request.operation();
    JsonNode body = request.body() == null ? null : Trees.parse(request.body());
    Batch batch = operation.batch();
    if (batch == null) {
      List<String> headers = request.headers().stream()
          .map(header -> header.name() + "=" + header.value())
          .toList();
      String identity = Call.identity(request.uri(), headers, body);
      asked.add(World.name(operation, identity));
      return world.reply(operation, identity);
    }
    List<String> keys = body == null ? keysInUri(request) : keysInBody(batch, body);
    if (keys.size() > batch.atMost()) {
      throw new IllegalStateException(operation.name() + " was asked for " + keys);
    }
    keys.forEach(key -> asked.add(World.name(operation, key)));
    return world.reply(operation, keys);
  }

  private static List<String> keysInBody(Batch batch, JsonNode body) {
    List<String> keys = new ArrayList<>();
    for (JsonNode each : body) {
      ArrayNode key = JsonNodeFactory.instance.arrayNode();
      if (each.isObject()) {
        batch.key().forEach(component -> key.add(each.get(component.name()).asText()));
      } else {
        key.add(each.asText());
      }
      keys.add(Trees.text(key));
    }
    return keys;
  }

  private static List<String> keysInUri(UpstreamRequest request) {
    String query = request.uri().substring(request.uri().indexOf('?') + 1);
    boolean exploded =
        ((HttpTarget) request.operation().target()).uri().toString().contains("*");
    String[] parts = exploded
        ? query.split("&", -1)
        : query.substring(query.indexOf('=') + 1).split(",", -1);
    List<String> keys = new ArrayList<>();
    for (String part : parts) {
      String text = part.substring(part.indexOf('=') + 1).replace("+", "%2B");
      ArrayNode key = JsonNodeFactory.instance.arrayNode();
      keys.add(Trees.text(key.add(URLDecoder.decode(text, StandardCharsets.UTF_8))));
    }
    return keys;
  }

  private static void complete(Promise<UpstreamResponse> promise, World.Reply reply) {
    if (reply instanceof World.Reply.Answered answered) {
      byte[] bytes = answered.body().getBytes(StandardCharsets.UTF_8);
      promise.tryComplete(new UpstreamResponse(
          answered.status(), MultiMap.caseInsensitiveMultiMap(), bytes, 0, bytes.length));
    } else if (reply instanceof World.Reply.Broken broken) {
      promise.tryFail(broken.why());
    }
  }
}

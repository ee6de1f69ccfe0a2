package dev.gatehouse.graphql;

import dev.gatehouse.dsl.Caller;
import dev.gatehouse.graphql.internal.answer.GraphqlError;
import dev.gatehouse.graphql.internal.operation.Operations.Bound;
import dev.gatehouse.runtime.json.JsonSink;
import io.vertx.core.http.HttpServerRequest;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One operation on a socket. Confined to one event loop. */
final class SocketOperation implements SubscriptionRun.Client {
  private static final String METHOD = "WS";

  private final String id;
  private final OpenDoor door;
  private final HttpServerRequest request;
  private final Caller caller;
  private final MessageSocket socket;
  private final Consumer<SocketOperation> ended;
  private final OperationRecord record;
  private @Nullable SubscriptionRun subscription;
  private @Nullable OperationRun answer;
  private boolean over;

  /**
   * @param id the client's
   * @param ended called once, unless it is cancelled
   */
  SocketOperation(
      String id,
      OpenDoor door,
      HttpServerRequest request,
      Caller caller,
      MessageSocket socket,
      Consumer<SocketOperation> ended) {
    this.id = id;
    this.door = door;
    this.request = request;
    this.caller = caller;
    this.socket = socket;
    this.ended = ended;
    this.record =
        new OperationRecord(door, METHOD, door.context().telemetry().begin(request), caller);
  }

  String id() {
    return id;
  }

  boolean isSubscription() {
    return subscription != null;
  }

  /**
   * Begins it.
   *
   * @param explains whether its results tell what it does
   * @throws dev.gatehouse.graphql.internal.answer.RequestRefused where a variable does not fit an argument
   */
  void begin(Bound bound, boolean isSubscription, boolean explains) {
    record.label(OpenDoor.label(bound.operation()));
    if (isSubscription) {
      SubscriptionRun run =
          new SubscriptionRun(door, request, caller, record.trace(), bound, explains, this);
      subscription = run;
      run.start();
    } else {
      OperationRun run = new OperationRun(
          door,
          request,
          caller,
          record.trace(),
          System.nanoTime(),
          OperationRun.NO_REQUEST,
          bound,
          null,
          this::answered);
      if (explains) {
        run.explain();
      }
      answer = run;
      run.start();
    }
  }

  private void answered(OperationResult result) {
    if (over) {
      return;
    }
    record.add(result);
    next(result);
    completed();
  }

  @Override
  public boolean isReady() {
    return socket.isWritable();
  }

  void ready() {
    if (subscription != null) {
      subscription.ready();
    }
  }

  @Override
  public void next(OperationResult result) {
    byte[] data = result.data();
    JsonSink out = message("next", 96 + (data == null ? 256 : data.length));
    ResponseWriter.write(result, out);
    send(out);
  }

  @Override
  public void refused(List<GraphqlError> errors) {
    JsonSink out = message("error", 256);
    GraphqlError.writeAll(errors, out);
    send(out);
    end(false);
  }

  @Override
  public void completed() {
    JsonSink out = new JsonSink(64);
    out.write(ascii("{\"id\":"));
    out.writeString(id);
    out.write(ascii(",\"type\":\"complete\""));
    send(out);
    end(true);
  }

  private JsonSink message(String type, int size) {
    JsonSink out = new JsonSink(size);
    out.write(ascii("{\"id\":"));
    out.writeString(id);
    out.write(ascii(",\"type\":\"" + type + "\",\"payload\":"));
    return out;
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  private void send(JsonSink out) {
    out.write('}');
    record.sent(out.length());
    socket.send(new String(out.array(), 0, out.length(), StandardCharsets.UTF_8));
  }

  private void end(boolean executed) {
    if (!over) {
      over = true;
      record.end(subscription, executed ? 200 : 400);
      ended.accept(this);
    }
  }

  /** Ends it, because nobody wants more of it. */
  void cancel() {
    if (over) {
      return;
    }
    over = true;
    if (subscription != null) {
      subscription.cancel();
    }
    if (answer != null) {
      answer.cancel();
    }
    record.end(subscription, subscription != null ? 200 : 499);
  }
}

package dev.gatehouse.runtime.events;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.gatehouse.dsl.contract.JsonMapping;
import dev.gatehouse.dsl.graph.EventSpec;
import dev.gatehouse.runtime.upstream.FailureClass;
import dev.gatehouse.runtime.upstream.UpstreamException;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.MessageConsumer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.lang.reflect.Type;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What is published at an address of the event bus. It cannot be held back: whoever publishes does not wait. */
final class BusFeed extends Feed {
  private static final Logger LOG = LoggerFactory.getLogger(BusFeed.class);
  private static final byte[] NO_JSON = {};

  private final Vertx vertx;
  private final Context context;
  private final EventSpec spec;
  private final String address;
  private @Nullable MessageConsumer<Object> consumer;

  BusFeed(Vertx vertx, Context context, EventSpec spec, String address, EventReader reader) {
    super(reader);
    this.vertx = vertx;
    this.context = context;
    this.spec = spec;
    this.address = address;
  }

  @Override
  void start() {
    MessageConsumer<Object> made = vertx.eventBus().consumer(address);
    consumer = made;
    made.completion()
        .onFailure(e -> context.runOnContext(on -> end(new UpstreamException(
            FailureClass.UNREACHABLE, spec.name() + ": not subscribed to " + address, 0, e))));
    made.endHandler(end -> end(null));
    made.handler(message -> give(json(message.body())));
  }

  /** A body as JSON: bytes are JSON already, and what has no JSON form is an event that fails. */
  private byte[] json(@Nullable Object body) {
    if (body instanceof Buffer buffer) {
      return buffer.getBytes();
    }
    if (body instanceof byte[] bytes) {
      return bytes;
    }
    if (body instanceof JsonObject object) {
      return object.toBuffer().getBytes();
    }
    if (body instanceof JsonArray array) {
      return array.toBuffer().getBytes();
    }
    try {
      Type type = body == null ? Object.class : body.getClass();
      return JsonMapping.writer(type).writeValueAsBytes(body);
    } catch (JsonProcessingException e) {
      LOG.warn("{}: a message that cannot be written as JSON", spec.name(), e);
      return NO_JSON;
    }
  }

  @Override
  void hold() {}

  @Override
  void release() {}

  @Override
  public boolean isPausable() {
    return false;
  }

  @Override
  void stop() {
    MessageConsumer<Object> made = consumer;
    if (made != null) {
      consumer = null;
      made.unregister();
    }
  }
}

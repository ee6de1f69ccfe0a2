package dev.gatehouse.graphql;

import static dev.gatehouse.dsl.Verbs.object;

import dev.gatehouse.dsl.Composite;
import dev.gatehouse.dsl.EventSource;
import dev.gatehouse.dsl.Service;
import dev.gatehouse.graphql.Shop.Price;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Sources of events that the tests subscribe to, and what is made of their events. */
final class Feeds {
  record Change(String productId, int version) {}

  record Changed(String productId, int version, @Nullable Price price) {}

  static final EventSource<String, Change> OF_SERVICE =
      Service.named("pricing").events("/changes/{id}").taking(String.class).of(Change.class);
  static final EventSource<String, Change> RECONNECTING = Service.named("pricing")
      .events("/changes/{id}")
      .taking(String.class)
      .reconnecting(3)
      .only("message", "price")
      .of(Change.class);
  static final EventSource<String, Change> OF_SOCKET =
      Service.named("pricing").webSocket("/changes/{id}").taking(String.class).of(Change.class);
  static final EventSource<String, Change> OF_BUS =
      EventSource.onBus("changes.{id}", String.class, Change.class);

  /** Asks for the price of what changed. */
  static final Composite<Change, Changed> CHANGED = Composite.named(
      "Changed",
      Change.class,
      change -> object(Changed.class)
          .from(change)
          .with(Changed::price, Shop.PRICE.call(change.get(Change::productId)).orNull()));

  /** Asks for the price, and cannot do without it. */
  static final Composite<Change, Price> PRICE = Composite.named(
      "PriceOf", Change.class, change -> Shop.PRICE.call(change.get(Change::productId)));

  private Feeds() {}

  /** The event stream of a service, of which a test says when and what. */
  static final class Stream {
    private final BlockingQueue<HttpServerRequest> opened = new LinkedBlockingQueue<>();
    private final CompletableFuture<Void> left = new CompletableFuture<>();

    void accept(HttpServerRequest request) {
      HttpServerResponse response = request.response();
      response.setChunked(true).putHeader("content-type", "text/event-stream");
      response.closeHandler(closed -> left.complete(null));
      response.exceptionHandler(broken -> left.complete(null));
      response.write(":\n\n").onComplete(written -> opened.add(request));
    }

    /** The next request that opened it. */
    HttpServerRequest opened() throws InterruptedException {
      HttpServerRequest request = opened.poll(60, TimeUnit.SECONDS);
      if (request == null) {
        throw new AssertionError("the stream was not opened");
      }
      return request;
    }

    boolean isOpened() {
      return !opened.isEmpty();
    }

    /** Returns once the connection has ended. */
    void left() throws Exception {
      left.get(60, TimeUnit.SECONDS);
    }
  }

  static String event(int version) {
    return "data: {\"productId\":\"p1\",\"version\":" + version + "}\n\n";
  }
}

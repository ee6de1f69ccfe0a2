package dev.gatehouse.runtime.upstream.http;

import dev.gatehouse.runtime.time.TimerWheel;
import io.vertx.core.Completable;
import io.vertx.core.Future;
import io.vertx.core.http.HttpClientAgent;
import io.vertx.core.http.HttpClientConnection;
import io.vertx.core.http.HttpConnectOptions;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Makes connections to one endpoint, each within a time that covers all handshakes. */
final class Connector {
  private static final int LIKELY_STREAMS = 100; // what servers usually allow

  private final HttpClientAgent client;
  private final HttpConnectOptions options;
  private final @Nullable Encryption encryption;
  private final boolean multiplexing;
  private final long timeoutNanos;
  private final Loop loop;
  private final TimerWheel timers;
  private int hung;

  /**
   * @param encryption null for none
   * @param multiplexing whether HTTP/2 is likely
   */
  Connector(
      HttpClientAgent client,
      HttpConnectOptions options,
      @Nullable Encryption encryption,
      boolean multiplexing,
      long timeoutNanos,
      Loop loop,
      TimerWheel timers) {
    this.client = client;
    this.options = options;
    this.encryption = encryption;
    this.multiplexing = multiplexing;
    this.timeoutNanos = timeoutNanos;
    this.loop = loop;
    this.timers = timers;
  }

  /** How many calls a connection will probably carry at once; only the connection itself will tell. */
  int expectedStreams() {
    return multiplexing ? LIKELY_STREAMS : 1;
  }

  /**
   * How many connections exceeded their time and are still not settled, such as to a server that accepts and then says nothing.
   * They hold a socket, so they count against the limit.
   */
  int hung() {
    return hung;
  }

  /** Connects; {@code done} is called once, in time. */
  void connect(Completable<HttpClientConnection> done) {
    Attempt attempt = new Attempt(done);
    timers.schedule(attempt, System.nanoTime() + timeoutNanos);
    Future<HttpClientConnection> connection;
    try {
      if (encryption != null) {
        options.setSslOptions(encryption.options());
      }
      connection = loop.outsideRequest(() -> client.connect(options));
    } catch (IllegalStateException closed) {
      connection = Future.failedFuture(closed);
    }
    connection.onComplete(attempt);
  }

  private final class Attempt extends TimerWheel.Entry
      implements Completable<HttpClientConnection> {
    private final Completable<HttpClientConnection> done;
    private boolean late;

    Attempt(Completable<HttpClientConnection> done) {
      this.done = done;
    }

    @Override
    public void complete(@Nullable HttpClientConnection connection, @Nullable Throwable failure) {
      timers.cancel(this);
      if (!late) {
        done.complete(connection, failure);
        return;
      }
      hung--;
      if (connection != null) {
        connection.close();
      }
    }

    @Override
    protected void expired() {
      late = true;
      hung++;
      done.fail(new ConnectTimeout("no connection within " + timeoutNanos / 1_000_000 + " ms"));
    }
  }

  /** Tells about a network, so it carries no stack. */
  private static final class ConnectTimeout extends TimeoutException {
    private static final long serialVersionUID = 1L;

    ConnectTimeout(String message) {
      super(message);
    }

    @Override
    public Throwable fillInStackTrace() {
      return this;
    }
  }
}

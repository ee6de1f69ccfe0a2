package dev.gatehouse.benchmarks.spliced;

import io.vertx.core.AsyncResult;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientConnection;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One request to a service, from the connection to the reply. Used by one event loop. */
final class Call {
  /** In ticks of {@link Deadlines}. */
  long deadline;

  private final Upstream upstream;
  private final Consumer<Reply> whenDone;
  private @Nullable HttpClientConnection connection;
  private int status;
  private @Nullable Buffer body;
  private boolean done;

  Call(Upstream upstream, Consumer<Reply> whenDone) {
    this.upstream = upstream;
    this.whenDone = whenDone;
  }

  boolean isDone() {
    return done;
  }

  /** Sends the request; a connection that comes too late is kept for another call. */
  void sendOn(HttpClientConnection connection, String uri) {
    if (done) {
      upstream.release(connection);
      return;
    }
    this.connection = connection;
    connection
        .request(new RequestOptions().setMethod(HttpMethod.GET).setURI(uri))
        .onComplete(this::requested);
  }

  private void requested(AsyncResult<HttpClientRequest> request) {
    if (request.failed()) {
      fail();
    } else {
      request.result().send().onComplete(this::responded);
    }
  }

  private void responded(AsyncResult<HttpClientResponse> result) {
    if (result.failed()) {
      fail();
      return;
    }
    HttpClientResponse response = result.result();
    status = response.statusCode();
    // A small body comes as one chunk; body() would copy it into a buffer that grows.
    response.handler(this::received).exceptionHandler(failure -> fail()).endHandler(end -> ended());
  }

  private void received(Buffer chunk) {
    body = body == null ? chunk : body.appendBuffer(chunk);
  }

  private void ended() {
    if (!done && connection != null) {
      done = true;
      upstream.release(connection);
      whenDone.accept(new Reply(status, body == null ? Reply.NO_BYTES : body.getBytes()));
    }
  }

  /** Gives the call up, and its connection with it. Does nothing to a call that is done. */
  void fail() {
    if (!done) {
      done = true;
      if (connection != null) {
        connection.close();
      }
      whenDone.accept(Reply.NONE);
    }
  }
}

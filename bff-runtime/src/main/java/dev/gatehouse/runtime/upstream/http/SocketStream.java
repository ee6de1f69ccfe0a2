package dev.gatehouse.runtime.upstream.http;

import dev.gatehouse.runtime.time.TimerWheel;
import dev.gatehouse.runtime.upstream.FailureClass;
import dev.gatehouse.runtime.upstream.UpstreamException;
import dev.gatehouse.runtime.upstream.UpstreamStream;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.UpgradeRejectedException;
import io.vertx.core.http.WebSocket;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The messages of one WebSocket to a service. */
final class SocketStream extends TimerWheel.Entry implements UpstreamStream {
  private static final short NORMAL = 1000;

  private final StreamOpening opening;
  private final Supplier<Future<WebSocket>> connecting;
  private final TimerWheel timers;
  private final long timeoutNanos;
  private final int maxBytes;
  private final Reader reader;
  private @Nullable WebSocket socket;
  private boolean paused;
  private boolean over;

  /**
   * @param connecting makes the connection and the handshake
   * @param timeoutNanos until it must be open
   * @param maxBytes of one message
   */
  SocketStream(
      StreamOpening opening,
      Supplier<Future<WebSocket>> connecting,
      TimerWheel timers,
      long timeoutNanos,
      int maxBytes,
      Reader reader) {
    this.opening = opening;
    this.connecting = connecting;
    this.timers = timers;
    this.timeoutNanos = timeoutNanos;
    this.maxBytes = maxBytes;
    this.reader = reader;
  }

  void start() {
    if (over) {
      return;
    }
    timers.schedule(this, System.nanoTime() + timeoutNanos);
    connecting.get().onComplete((open, failure) -> {
      if (over) {
        if (open != null) {
          open.close();
        }
      } else if (open != null) {
        opened(open);
      } else if (failure instanceof UpgradeRejectedException rejected) {
        end(opening.refused(rejected.getStatus()));
      } else {
        end(opening.notConnected(failure));
      }
    });
  }

  private void opened(WebSocket open) {
    timers.cancel(this);
    socket = open;
    open.exceptionHandler(
        broken -> fail(FailureClass.UNREACHABLE, "broken: " + Failures.message(broken), broken));
    open.closeHandler(closed -> {
      Short code = open.closeStatusCode();
      if (code != null && code != NORMAL) {
        fail(FailureClass.UNREACHABLE, "closed by the service with code " + code, null);
      } else {
        end(null);
      }
    });
    open.textMessageHandler(text -> received(Buffer.buffer(text)));
    open.binaryMessageHandler(this::received);
    if (paused) {
      open.pause();
    }
    reader.opened();
  }

  private void received(Buffer message) {
    if (over) {
      return;
    }
    if (message.length() > maxBytes) {
      fail(FailureClass.NONSENSE, "a message of more than " + maxBytes + " bytes", null);
    } else {
      reader.received(message);
    }
  }

  @Override
  public void pause() {
    paused = true;
    if (socket != null) {
      socket.pause();
    }
  }

  @Override
  public void resume() {
    paused = false;
    if (socket != null) {
      socket.resume();
    }
  }

  @Override
  public void close() {
    over = true;
    timers.cancel(this);
    WebSocket open = socket;
    if (open != null) {
      socket = null;
      // Its closing handshake can only be seen where frames are read.
      open.resume();
      open.close();
    }
  }

  @Override
  protected void expired() {
    fail(FailureClass.TIMED_OUT, "not open within " + timeoutNanos / 1_000_000 + " ms", null);
  }

  private void fail(FailureClass failureClass, String what, @Nullable Throwable cause) {
    end(opening.failure(failureClass, what, 0, cause));
  }

  private void end(@Nullable UpstreamException failure) {
    if (!over) {
      close();
      reader.ended(failure);
    }
  }
}

package dev.gatehouse.runtime.upstream.http;

import dev.gatehouse.runtime.time.TimerWheel;
import dev.gatehouse.runtime.upstream.FailureClass;
import dev.gatehouse.runtime.upstream.UpstreamException;
import dev.gatehouse.runtime.upstream.UpstreamStream;
import dev.gatehouse.runtime.upstream.http.Silence.Verdict;
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
  private final Silence silence;
  private final int maxBytes;
  private final Reader reader;
  private @Nullable WebSocket socket;
  private boolean paused;
  private boolean over;

  /**
   * @param connecting makes the connection and the handshake
   * @param timeoutNanos until it must be open
   * @param silence that is looked for once it is open
   * @param maxBytes of one message
   */
  SocketStream(
      StreamOpening opening,
      Supplier<Future<WebSocket>> connecting,
      TimerWheel timers,
      long timeoutNanos,
      Silence silence,
      int maxBytes,
      Reader reader) {
    this.opening = opening;
    this.connecting = connecting;
    this.timers = timers;
    this.timeoutNanos = timeoutNanos;
    this.silence = silence;
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
    open.pongHandler(pong -> silence.broken(System.nanoTime()));
    open.textMessageHandler(text -> received(Buffer.buffer(text)));
    open.binaryMessageHandler(this::received);
    if (paused) {
      open.pause();
    } else {
      listen();
    }
    reader.opened();
  }

  private void received(Buffer message) {
    if (over) {
      return;
    }
    silence.broken(System.nanoTime());
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
      timers.cancel(this); // who does not listen hears nothing
      socket.pause();
    }
  }

  @Override
  public void resume() {
    paused = false;
    if (socket != null) {
      listen();
      socket.resume();
    }
  }

  private void listen() {
    silence.broken(System.nanoTime());
    timers.schedule(this, silence.nextLook());
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
    WebSocket open = socket;
    if (open == null) {
      fail(FailureClass.TIMED_OUT, "not open within " + timeoutNanos / 1_000_000 + " ms", null);
      return;
    }
    Verdict verdict = silence.verdict(System.nanoTime());
    if (verdict == Verdict.LOST) {
      fail(FailureClass.TIMED_OUT, silence.text(), null);
      return;
    }
    if (verdict == Verdict.ASK) {
      open.writePing(Buffer.buffer());
    }
    timers.schedule(this, silence.nextLook());
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

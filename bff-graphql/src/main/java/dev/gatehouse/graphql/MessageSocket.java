package dev.gatehouse.graphql;

import dev.gatehouse.graphql.internal.socket.CloseCode;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.http.WebSocketFrame;
import io.vertx.core.internal.http.WebSocketInternal;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A WebSocket as messages in and out. What waits to be sent is bounded: a client that does not read is not read from either, and one
 * that shows no sign of life is given up. Confined to one event loop.
 */
final class MessageSocket {
  private static final String PING = "{\"type\":\"ping\"}";
  /** For a closing handshake that never ends, such as with a client that does not read. */
  private static final long FORCED_MILLIS = 3_000;

  private final Vertx vertx;
  private final ServerWebSocket socket;
  private final int maxBytes;
  private final long keepAliveNanos;
  private final long pinging;
  private @Nullable Listener listener;
  private @Nullable Buffer partial;
  private long lastSign = System.nanoTime();
  private long forcing = -1;
  private boolean full;
  private boolean over;

  /** Is told of it. */
  interface Listener {
    /** A whole message of text. */
    void message(byte[] bytes);

    /** More can be sent, after it could not. */
    void writable();

    /** Nothing can be sent and nothing will come any more. Called once, before {@link #closed()}. */
    void closing();

    /** The connection has ended. Called once. */
    void closed();
  }

  /**
   * @param maxBytes of a message
   * @param keepAlive between two pings
   */
  MessageSocket(Vertx vertx, ServerWebSocket socket, int maxBytes, Duration keepAlive) {
    this.vertx = vertx;
    this.socket = socket;
    this.maxBytes = maxBytes;
    this.keepAliveNanos = keepAlive.toNanos();
    this.pinging = vertx.setPeriodic(keepAlive.toMillis(), tick -> ping());
  }

  void begin(Listener told) {
    listener = told;
    socket.exceptionHandler(broken -> close(CloseCode.FAILED));
    socket.closeHandler(closed -> ended());
    socket.drainHandler(drained -> drained());
    socket.frameHandler(this::frame);
  }

  private void frame(WebSocketFrame frame) {
    lastSign = System.nanoTime();
    if (frame.isPing()) {
      pinged();
      return;
    }
    if (over || frame.isClose()) {
      return;
    }
    if (frame.isBinary()) {
      close(CloseCode.BAD_REQUEST, "A binary message (expected: text)");
    } else if (frame.isText() || frame.isContinuation()) {
      Buffer piece = frame.binaryData();
      int before = partial == null ? 0 : partial.length();
      if (before + (long) piece.length() > maxBytes) {
        partial = null;
        close(CloseCode.TOO_BIG);
      } else if (frame.isFinal()) {
        Buffer whole = partial == null ? piece : partial.appendBuffer(piece);
        partial = null;
        if (listener != null) {
          listener.message(whole.getBytes());
        }
      } else {
        partial =
            partial == null ? Buffer.buffer().appendBuffer(piece) : partial.appendBuffer(piece);
      }
    }
  }

  /** Vert.x has answered it, whether or not the client reads its answers. */
  private void pinged() {
    if (!full && !socket.isClosed() && socket.writeQueueFull()) {
      full = true;
      // Later, as Vert.x asks for one more frame once this one was handled, which may be a ping
      // again.
      vertx.runOnContext(later -> {
        if (full) {
          socket.pause();
        }
      });
    }
  }

  /** Sends a message, however much waits already; whoever has a choice asks {@link #isWritable()} before. */
  void send(String text) {
    if (over || socket.isClosed()) {
      return;
    }
    socket.writeTextMessage(text);
    if (!full && socket.writeQueueFull()) {
      full = true;
      socket.pause();
    }
  }

  boolean isWritable() {
    return !over && !full;
  }

  private void drained() {
    lastSign = System.nanoTime();
    if (full) {
      full = false;
      socket.resume();
      if (!over && listener != null) {
        listener.writable();
      }
    }
  }

  private void ping() {
    if (System.nanoTime() - lastSign > 2 * keepAliveNanos) {
      close(CloseCode.SILENT);
    } else if (!full) {
      send(PING);
    }
  }

  void close(CloseCode code) {
    close(code, code.reason());
  }

  /** Closes it. Harmless where it is closed. */
  void close(CloseCode code, String reason) {
    if (over) {
      return;
    }
    closingNow();
    if (!socket.isClosed()) {
      // The answer to the close frame must be read, but from nobody who does not read either.
      socket.close(code.code(), CloseCode.fitting(reason));
    }
    forcing = vertx.setTimer(
        FORCED_MILLIS,
        late -> ((WebSocketInternal) socket).channelHandlerContext().close());
  }

  private void closingNow() {
    if (!over) {
      over = true;
      partial = null;
      vertx.cancelTimer(pinging);
      if (listener != null) {
        listener.closing();
      }
    }
  }

  private void ended() {
    closingNow();
    if (forcing >= 0) {
      vertx.cancelTimer(forcing);
    }
    Listener told = listener;
    if (told != null) {
      listener = null;
      told.closed();
    }
  }
}

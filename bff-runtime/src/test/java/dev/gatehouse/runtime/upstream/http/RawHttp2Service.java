package dev.gatehouse.runtime.upstream.http;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.internal.VertxInternal;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetServerOptions;
import io.vertx.core.net.NetSocket;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A service that writes its HTTP/2 answers frame by frame, right or wrong, on an event loop of its own. It takes no notice of flow
 * control, so it should send no more than 65,535 bytes of body before it is read. Requests to it carry no body.
 */
final class RawHttp2Service {
  private static final int PREFACE = 24;
  private static final int FRAME_HEAD = 9;
  private static final int MOST_IN_A_FRAME = 16_384;
  private static final int DATA = 0;
  private static final int HEADERS = 1;
  private static final int RST_STREAM = 3;
  private static final int SETTINGS = 4;
  private static final int PING = 6;
  private static final int GO_AWAY = 7;
  private static final int CONTINUATION = 9;
  private static final int ACK = 1;
  private static final int END_STREAM = 1;
  private static final int END_HEADERS = 4;

  private final NetServer server;
  private final AtomicInteger requests = new AtomicInteger();
  private final AtomicInteger connections = new AtomicInteger();

  /** What it does with a request. */
  interface Script {
    /**
     * Answers, or does not.
     *
     * @param request counted from 1 over all connections
     */
    void answer(Stream stream, int request);
  }

  /** Where an answer goes. */
  record Stream(NetSocket socket, int id) {
    /** A head: a status, and further headers as pairs of names and values. */
    Stream head(int status, boolean last, String... headers) {
      Buffer block = Buffer.buffer();
      block.appendByte((byte) 0x08); // :status by its place in the static table, and not to be kept
      text(block, String.valueOf(status));
      for (int i = 0; i < headers.length; i += 2) {
        block.appendByte((byte) 0);
        text(block, headers[i]);
        text(block, headers[i + 1]);
      }
      return block(block, last);
    }

    /** In as many frames as it takes. */
    private Stream block(Buffer block, boolean last) {
      int sent = 0;
      do {
        int end = Math.min(block.length(), sent + MOST_IN_A_FRAME);
        int flags =
            (end == block.length() ? END_HEADERS : 0) | (sent == 0 && last ? END_STREAM : 0);
        write(sent == 0 ? HEADERS : CONTINUATION, flags, id, block.getBuffer(sent, end));
        sent = end;
      } while (sent < block.length());
      return this;
    }

    /** A length in HPACK's words, and the text as it is. */
    private static void text(Buffer to, String text) {
      int left = text.length() - 127;
      if (left < 0) {
        to.appendByte((byte) text.length());
      } else {
        to.appendByte((byte) 127);
        for (; left >= 128; left >>= 7) {
          to.appendByte((byte) (left & 127 | 128));
        }
        to.appendByte((byte) left);
      }
      to.appendBytes(text.getBytes(US_ASCII));
    }

    /** A piece of the body; tells when it was written. */
    Future<Void> body(String text, boolean last) {
      return write(DATA, last ? END_STREAM : 0, id, Buffer.buffer(text));
    }

    void good() {
      head(200, false, "content-length", "4").body("good", true);
    }

    void reset(int code) {
      write(RST_STREAM, 0, id, Buffer.buffer().appendInt(code));
    }

    void goAway(int lastStream) {
      write(GO_AWAY, 0, 0, Buffer.buffer().appendInt(lastStream).appendInt(0));
    }

    /** A frame of the same stream, of any type. */
    Future<Void> frame(int type, int flags, Buffer payload) {
      return write(type, flags, id, payload);
    }

    private Future<Void> write(int type, int flags, int stream, Buffer payload) {
      return RawHttp2Service.write(socket, type, flags, stream, payload);
    }
  }

  RawHttp2Service(Vertx vertx, Script script) {
    Promise<NetServer> listening = Promise.promise();
    ((VertxInternal) vertx)
        .createEventLoopContext()
        .runOnContext(on -> vertx
            .createNetServer(new NetServerOptions().setHost("127.0.0.1").setPort(0))
            .connectHandler(socket -> accept(socket, script))
            .listen()
            .onComplete(listening));
    server = Caller.await(listening.future());
  }

  private void accept(NetSocket socket, Script script) {
    connections.incrementAndGet();
    Buffer received = Buffer.buffer();
    int[] read = {PREFACE};
    write(socket, SETTINGS, 0, 0, Buffer.buffer());
    socket.handler(bytes -> {
      received.appendBuffer(bytes);
      while (received.length() >= read[0] + FRAME_HEAD) {
        int length = received.getMedium(read[0]);
        int end = read[0] + FRAME_HEAD + length;
        if (received.length() < end) {
          return;
        }
        int type = received.getByte(read[0] + 3);
        int flags = received.getByte(read[0] + 4);
        int stream = received.getInt(read[0] + 5);
        Buffer payload = received.getBuffer(read[0] + FRAME_HEAD, end);
        read[0] = end;
        if (type == SETTINGS && (flags & ACK) == 0) {
          write(socket, SETTINGS, ACK, 0, Buffer.buffer());
        } else if (type == PING && (flags & ACK) == 0) {
          write(socket, PING, ACK, 0, payload);
        } else if (type == HEADERS) {
          script.answer(new Stream(socket, stream), requests.incrementAndGet());
        }
      }
    });
  }

  private static Future<Void> write(
      NetSocket socket, int type, int flags, int stream, Buffer payload) {
    return socket.write(Buffer.buffer()
        .appendMedium(payload.length())
        .appendByte((byte) type)
        .appendByte((byte) flags)
        .appendInt(stream)
        .appendBuffer(payload));
  }

  String url() {
    return "h2c://127.0.0.1:" + server.actualPort();
  }

  int requests() {
    return requests.get();
  }

  int connections() {
    return connections.get();
  }
}

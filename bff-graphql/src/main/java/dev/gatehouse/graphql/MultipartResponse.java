package dev.gatehouse.graphql;

import dev.gatehouse.runtime.json.JsonSink;
import io.netty.buffer.Unpooled;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.internal.buffer.BufferInternal;
import java.nio.charset.StandardCharsets;

/**
 * A response in parts (RFC 2046, section 5.1), each sent when it is written. The boundary goes out with the part before it, so that a
 * client need not wait for the next part to know that one is whole.
 */
final class MultipartResponse {
  private static final byte[] OPEN = ascii("---");
  private static final byte[] HEADERS =
      ascii("\r\nContent-Type: application/json; charset=utf-8\r\n\r\n");
  private static final byte[] BOUNDARY = ascii("\r\n---");
  private static final byte[] CLOSE = ascii("--\r\n");

  private final HttpServerResponse response;
  private boolean begun;
  private long bytes;

  /**
   * @param response whose status and headers are set
   */
  MultipartResponse(HttpServerResponse response) {
    this.response = response;
    response.setChunked(true);
  }

  /** How many bytes of content were sent. */
  long bytes() {
    return bytes;
  }

  /** Writes a part. */
  void write(JsonSink json, boolean isLast) {
    JsonSink out = new JsonSink(json.length() + 96);
    if (!begun) {
      begun = true;
      out.write(OPEN);
    }
    out.write(HEADERS);
    out.write(json.array(), 0, json.length());
    out.write(BOUNDARY);
    if (isLast) {
      out.write(CLOSE);
    }
    bytes += out.length();
    Buffer part = BufferInternal.buffer(Unpooled.wrappedBuffer(out.array(), 0, out.length()));
    if (isLast) {
      response.end(part);
    } else {
      response.write(part);
    }
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}

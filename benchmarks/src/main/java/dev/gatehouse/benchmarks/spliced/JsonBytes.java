package dev.gatehouse.benchmarks.spliced;

import io.netty.buffer.Unpooled;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.internal.buffer.BufferInternal;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** JSON under construction: an array that grows. */
final class JsonBytes {
  private byte[] bytes;
  private int length;

  JsonBytes(int capacity) {
    bytes = new byte[capacity];
  }

  static byte[] of(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  JsonBytes add(byte[] all) {
    return add(all, 0, all.length);
  }

  JsonBytes add(byte[] source, int from, int to) {
    int count = to - from;
    if (length + count > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, length + count));
    }
    System.arraycopy(source, from, bytes, length, count);
    length += count;
    return this;
  }

  /** The bytes without a copy; nothing may be added any more. */
  Buffer toBuffer() {
    return wrap(bytes, length);
  }

  static Buffer wrap(byte[] bytes, int length) {
    return BufferInternal.buffer(Unpooled.wrappedBuffer(bytes, 0, length));
  }
}

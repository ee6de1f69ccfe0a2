package dev.gatehouse.runtime.upstream.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.internal.buffer.BufferInternal;

/** Bytes in and out of Vert.x buffers without copying: the only place that knows what a buffer is made of. */
final class Bytes {
  private Bytes() {}

  /** A buffer over {@code bytes}, which must not change while it is in use. */
  static Buffer buffer(byte[] bytes) {
    return BufferInternal.buffer(Unpooled.wrappedBuffer(bytes));
  }

  /** Where the bytes of a received buffer stand; copied only where they are not in an array. */
  static Slice slice(Buffer buffer) {
    ByteBuf bytes = ((BufferInternal) buffer).getByteBuf();
    if (!bytes.hasArray()) {
      byte[] copy = buffer.getBytes();
      return new Slice(copy, 0, copy.length);
    }
    int from = bytes.arrayOffset() + bytes.readerIndex();
    return new Slice(bytes.array(), from, from + bytes.readableBytes());
  }

  /** Part of an array, from inclusive to exclusive. */
  record Slice(byte[] array, int from, int to) {
    static final Slice EMPTY = new Slice(new byte[0], 0, 0);
  }
}

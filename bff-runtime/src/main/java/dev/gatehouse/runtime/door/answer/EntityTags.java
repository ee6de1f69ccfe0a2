package dev.gatehouse.runtime.door.answer;

import io.netty.buffer.ByteBuf;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.internal.buffer.BufferInternal;
import java.util.zip.CRC32;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * Validators of answers (RFC 9110, section 8.8.3). Weak, as compression comes after: a tag says that two answers are the same
 * JSON. Made of two checksums that processors compute at memory speed, and the length: enough to tell versions of one resource
 * apart, no defence against somebody who forges one on purpose.
 */
public final class EntityTags {
  private static final char[] DIGITS = "0123456789abcdef".toCharArray();

  private EntityTags() {}

  /** The tag of a body. */
  public static String of(Buffer body) {
    CRC32C first = new CRC32C();
    CRC32 second = new CRC32();
    ByteBuf bytes = ((BufferInternal) body).getByteBuf();
    if (bytes.hasArray()) {
      int offset = bytes.arrayOffset() + bytes.readerIndex();
      first.update(bytes.array(), offset, bytes.readableBytes());
      second.update(bytes.array(), offset, bytes.readableBytes());
    } else {
      byte[] copy = body.getBytes();
      first.update(copy, 0, copy.length);
      second.update(copy, 0, copy.length);
    }
    char[] tag = new char[28];
    tag[0] = 'W';
    tag[1] = '/';
    tag[2] = '"';
    hex(tag, 3, first.getValue());
    hex(tag, 11, second.getValue());
    hex(tag, 19, body.length());
    tag[27] = '"';
    return new String(tag);
  }

  /**
   * Whether an {@code If-None-Match} header names a tag, by weak comparison.
   *
   * @param header null where there is none
   */
  public static boolean matches(@Nullable String header, String tag) {
    if (header == null) {
      return false;
    }
    if (header.equals(tag) || header.trim().equals("*")) {
      return true;
    }
    String opaque = tag.substring(2);
    for (String candidate : header.split(",", -1)) {
      String trimmed = candidate.trim();
      if ((trimmed.startsWith("W/") ? trimmed.substring(2) : trimmed).equals(opaque)) {
        return true;
      }
    }
    return false;
  }

  private static void hex(char[] target, int at, long value) {
    for (int i = 0; i < 8; i++) {
      target[at + i] = DIGITS[(int) (value >>> (28 - 4 * i)) & 0xF];
    }
  }
}

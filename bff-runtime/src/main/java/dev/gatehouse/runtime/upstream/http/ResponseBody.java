package dev.gatehouse.runtime.upstream.http;

import dev.gatehouse.runtime.upstream.http.Bytes.Slice;
import io.vertx.core.buffer.Buffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Gathers a body. One that comes as a single piece is not copied; one that comes in many is copied once where its length is known. */
final class ResponseBody {
  private static final int FIRST_GUESS = 16 << 10;

  private final int limit;
  private @Nullable Buffer first;
  private byte @Nullable [] gathered;
  private int length;

  ResponseBody(int limit) {
    this.limit = limit;
  }

  /**
   * Adds a piece.
   *
   * @param announced the length of the whole; -1 where it is unknown
   * @return whether the body is still within its limit
   */
  boolean add(Buffer piece, long announced) {
    int added = piece.length();
    if (added > limit - length || announced > limit) {
      return false;
    }
    if (length == 0) {
      first = piece;
    } else {
      byte[] to = room(added, announced);
      piece.getBytes(to, length);
    }
    length += added;
    return true;
  }

  private byte[] room(int added, long announced) {
    byte[] to = gathered;
    if (to == null) {
      to = new byte[Math.max(length + added, announced >= 0 ? (int) announced : FIRST_GUESS)];
      if (first != null) {
        first.getBytes(to, 0);
        first = null;
      }
    } else if (to.length - length < added) {
      to = Arrays.copyOf(to, (int) Math.min(limit, Math.max(length + added, to.length * 2L)));
    }
    gathered = to;
    return to;
  }

  int limit() {
    return limit;
  }

  int length() {
    return length;
  }

  Slice whole() {
    if (gathered != null) {
      return new Slice(gathered, 0, length);
    }
    return first == null ? Slice.EMPTY : Bytes.slice(first);
  }
}

package dev.gatehouse.rest.internal.routing;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Decodes percent-encoded text (RFC 3986, section 2.1) strictly: what is not well formed is refused, never repaired, so that
 * nothing behind this door can read it another way.
 */
public final class PercentDecoder {

  /** The characters that may stand for themselves in a path segment: RFC 3986's {@code pchar} without percent-encoding. */
  private static final boolean[] SEGMENT = new boolean[128];

  static {
    for (char c = '0'; c <= '9'; c++) {
      SEGMENT[c] = true;
    }
    for (char c = 'a'; c <= 'z'; c++) {
      SEGMENT[c] = true;
      SEGMENT[c - 32] = true;
    }
    for (char c : "-._~!$&'()*+,;=:@".toCharArray()) {
      SEGMENT[c] = true;
    }
  }

  private PercentDecoder() {}

  /** Whether a character may stand for itself in a path segment. */
  static boolean isPlainInSegment(char c) {
    return c < 128 && SEGMENT[c];
  }

  /**
   * Decodes one segment of a path.
   *
   * @return null where it is malformed: an incomplete or non-hexadecimal encoding, a character that must be encoded, bytes that
   *     are no UTF-8, a control character, a dot segment, or text that is percent-encoded twice
   */
  public static @Nullable String segment(String raw, int from, int to) {
    for (int i = from; i < to; i++) {
      char c = raw.charAt(i);
      if (c != '%' && !isPlainInSegment(c)) {
        return null;
      }
    }
    String decoded = decode(raw, from, to, false);
    return decoded == null || isDots(decoded) || hasControls(decoded) || hasEncoding(decoded)
        ? null
        : decoded;
  }

  /**
   * Decodes the name or the value of a query parameter; {@code +} is a space.
   *
   * @return null where it is malformed: an incomplete or non-hexadecimal encoding, bytes that are no UTF-8, a character beyond
   *     printable US-ASCII that is not encoded, or NUL
   */
  public static @Nullable String query(String raw, int from, int to) {
    for (int i = from; i < to; i++) {
      char c = raw.charAt(i);
      if (c <= ' ' || c > '~') {
        return null;
      }
    }
    String decoded = decode(raw, from, to, true);
    return decoded == null || decoded.indexOf('\0') >= 0 ? null : decoded;
  }

  private static @Nullable String decode(String raw, int from, int to, boolean plusIsSpace) {
    int at = from;
    while (at < to && raw.charAt(at) != '%' && !(plusIsSpace && raw.charAt(at) == '+')) {
      at++;
    }
    if (at == to) {
      return raw.substring(from, to);
    }
    byte[] bytes = new byte[to - from];
    int length = 0;
    for (int i = from; i < to; i++) {
      char c = raw.charAt(i);
      if (c == '%') {
        if (i + 2 >= to) {
          return null;
        }
        int high = hex(raw.charAt(i + 1));
        int low = hex(raw.charAt(i + 2));
        if (high < 0 || low < 0) {
          return null;
        }
        bytes[length++] = (byte) (high << 4 | low);
        i += 2;
      } else {
        bytes[length++] = (byte) (plusIsSpace && c == '+' ? ' ' : c);
      }
    }
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .decode(ByteBuffer.wrap(bytes, 0, length))
          .toString();
    } catch (CharacterCodingException e) {
      return null;
    }
  }

  private static boolean isDots(String segment) {
    return segment.equals(".") || segment.equals("..");
  }

  private static boolean hasControls(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (Character.isISOControl(text.charAt(i))) {
        return true;
      }
    }
    return false;
  }

  /** Whether decoding once more would decode something: a sign of an attempt to get past a check. */
  private static boolean hasEncoding(String text) {
    for (int i = text.indexOf('%'); i >= 0 && i + 2 < text.length(); i = text.indexOf('%', i + 1)) {
      if (hex(text.charAt(i + 1)) >= 0 && hex(text.charAt(i + 2)) >= 0) {
        return true;
      }
    }
    return false;
  }

  private static int hex(char c) {
    if (c >= '0' && c <= '9') {
      return c - '0';
    }
    char lower = (char) (c | 0x20);
    return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
  }
}

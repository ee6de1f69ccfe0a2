package dev.gatehouse.rest.internal.input;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import dev.gatehouse.runtime.door.format.ScalarFormat;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** JSON text under construction. */
final class JsonBytes {
  private byte[] bytes = new byte[128];
  private int length;

  /** A text as a JSON string. */
  static byte[] string(String text) {
    byte[] quoted = JsonStringEncoder.getInstance().quoteAsUTF8(text);
    byte[] string = new byte[quoted.length + 2];
    string[0] = '"';
    System.arraycopy(quoted, 0, string, 1, quoted.length);
    string[string.length - 1] = '"';
    return string;
  }

  /** A scalar's text as a JSON value. */
  static byte[] scalar(ScalarFormat format, String text) {
    return switch (format.kind()) {
      case STRING -> string(text);
      case INTEGER, NUMBER, BOOLEAN -> text.getBytes(StandardCharsets.US_ASCII);
    };
  }

  JsonBytes append(int c) {
    ensure(1);
    bytes[length++] = (byte) c;
    return this;
  }

  JsonBytes append(byte[] more) {
    return append(more, 0, more.length);
  }

  JsonBytes append(byte[] more, int from, int to) {
    ensure(to - from);
    System.arraycopy(more, from, bytes, length, to - from);
    length += to - from;
    return this;
  }

  int length() {
    return length;
  }

  byte[] toBytes() {
    return Arrays.copyOf(bytes, length);
  }

  private void ensure(int more) {
    if (length + more > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(length + more, bytes.length * 2));
    }
  }
}

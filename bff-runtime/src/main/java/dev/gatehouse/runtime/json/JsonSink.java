package dev.gatehouse.runtime.json;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Bytes of JSON being written, in one array that grows. Can be taken back to an earlier length. Not thread-safe. */
public final class JsonSink {
  private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] NULL = "null".getBytes(StandardCharsets.US_ASCII);

  private byte[] bytes;
  private int length;

  /**
   * @param capacity how many bytes to make room for at first
   */
  public JsonSink(int capacity) {
    bytes = new byte[Math.max(16, capacity)];
  }

  public int length() {
    return length;
  }

  /** Forgets everything written after it had that length. */
  public void truncate(int earlierLength) {
    length = earlierLength;
  }

  /** What was written, from 0 to {@link #length()}; the array itself, which more writing may replace. */
  public byte[] array() {
    return bytes;
  }

  /** A copy of what was written. */
  public byte[] toByteArray() {
    return Arrays.copyOf(bytes, length);
  }

  public void write(byte[] source) {
    write(source, 0, source.length);
  }

  public void write(byte[] source, int from, int to) {
    int count = to - from;
    ensure(count);
    System.arraycopy(source, from, bytes, length, count);
    length += count;
  }

  public void write(char ascii) {
    ensure(1);
    bytes[length++] = (byte) ascii;
  }

  public void writeNull() {
    write(NULL);
  }

  /**
   * Puts integers that were written in quotes.
   *
   * @param from where they begin: one, null, or lists of them
   */
  public void quoteIntegers(int from) {
    byte[] plain = Arrays.copyOfRange(bytes, from, length);
    length = from;
    boolean inside = false;
    for (byte b : plain) {
      boolean part = b == '-' || b >= '0' && b <= '9';
      if (part != inside) {
        write('"');
        inside = part;
      }
      write((char) b);
    }
    if (inside) {
      write('"');
    }
  }

  /** Writes text as a JSON string, escaping what must be escaped and nothing else; a lone surrogate becomes an escape. */
  public void writeString(CharSequence text) {
    write('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < 0x80) {
        writeAscii(c);
      } else if (Character.isHighSurrogate(c)
          && i + 1 < text.length()
          && Character.isLowSurrogate(text.charAt(i + 1))) {
        writeCodePoint(Character.toCodePoint(c, text.charAt(++i)));
      } else if (Character.isSurrogate(c)) {
        writeUnicodeEscape(c);
      } else {
        writeCodePoint(c);
      }
    }
    write('"');
  }

  private void writeAscii(char c) {
    switch (c) {
      case '"', '\\' -> {
        write('\\');
        write(c);
      }
      case '\n' -> {
        write('\\');
        write('n');
      }
      case '\r' -> {
        write('\\');
        write('r');
      }
      case '\t' -> {
        write('\\');
        write('t');
      }
      default -> {
        if (c < ' ') {
          writeUnicodeEscape(c);
        } else {
          write(c);
        }
      }
    }
  }

  private void writeUnicodeEscape(char c) {
    ensure(6);
    bytes[length++] = '\\';
    bytes[length++] = 'u';
    for (int shift = 12; shift >= 0; shift -= 4) {
      bytes[length++] = HEX[(c >> shift) & 0xF];
    }
  }

  private void writeCodePoint(int c) {
    ensure(4);
    if (c < 0x800) {
      bytes[length++] = (byte) (0xC0 | c >> 6);
    } else {
      if (c < 0x10000) {
        bytes[length++] = (byte) (0xE0 | c >> 12);
      } else {
        bytes[length++] = (byte) (0xF0 | c >> 18);
        bytes[length++] = (byte) (0x80 | (c >> 12 & 0x3F));
      }
      bytes[length++] = (byte) (0x80 | (c >> 6 & 0x3F));
    }
    bytes[length++] = (byte) (0x80 | (c & 0x3F));
  }

  private void ensure(int more) {
    if (bytes.length - length < more) {
      int wanted = Math.addExact(length, more);
      bytes = Arrays.copyOf(bytes, (int)
          Math.max(wanted, Math.min(Integer.MAX_VALUE - 8L, bytes.length * 2L)));
    }
  }
}

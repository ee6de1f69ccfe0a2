package dev.gatehouse.benchmarks.load;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Reads the HTTP/1.1 responses of one connection as their bytes come, one response at a time. It knows bodies with a
 * content-length and chunked ones; a response without either has no body. Not thread-safe.
 */
final class ResponseParser {
  private static final byte[] CONTENT_LENGTH = lowerCase("content-length:");
  private static final byte[] TRANSFER_ENCODING = lowerCase("transfer-encoding:");
  private static final int NO_HEAD = -1;
  private static final int STATUS_AT = "HTTP/1.1 ".length();

  private byte[] bytes = new byte[16 * 1024];
  private int length;
  private int headEnd;
  private int searchedTo;
  private int status;
  private boolean chunked;
  private int contentLength;
  /** Where the next chunk's size line stands. */
  private int chunkAt;

  ResponseParser() {
    reset();
  }

  /** Makes ready for the next response. */
  void reset() {
    length = 0;
    headEnd = NO_HEAD;
    searchedTo = 3;
    chunked = false;
    contentLength = 0;
  }

  /**
   * Takes what came.
   *
   * @return whether the response is whole
   * @throws MalformedResponseException if this is no HTTP/1.1 response, or goes on after its end
   */
  boolean accept(ByteBuffer input) throws MalformedResponseException {
    int count = input.remaining();
    if (length + count > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, length + count));
    }
    input.get(bytes, length, count);
    length += count;
    if (headEnd == NO_HEAD && !parseHead()) {
      return false;
    }
    int end = chunked ? chunkedEnd() : headEnd + contentLength;
    if (end < 0 || length < end) {
      return false;
    }
    if (length > end) {
      throw new MalformedResponseException(
          "response: " + (length - end) + " bytes after its end (expected: none)");
    }
    return true;
  }

  /** Of a whole response. */
  int status() {
    return status;
  }

  /** Of a whole response, head included. */
  int length() {
    return length;
  }

  /** Whether a whole response has this text in its body. A text that spans two chunks is not found. */
  boolean bodyContains(byte[] text) {
    for (int i = headEnd; i + text.length <= length; i++) {
      if (bytes[i] == text[0] && Arrays.equals(bytes, i, i + text.length, text, 0, text.length)) {
        return true;
      }
    }
    return false;
  }

  private boolean parseHead() throws MalformedResponseException {
    for (int i = searchedTo; i < length; i++) {
      if (bytes[i] == '\n' && bytes[i - 1] == '\r' && bytes[i - 2] == '\n') {
        headEnd = i + 1;
        parseStatus();
        parseHeaders();
        return true;
      }
    }
    searchedTo = Math.max(3, length);
    return false;
  }

  private void parseStatus() throws MalformedResponseException {
    if (headEnd < STATUS_AT + 3 || bytes[0] != 'H' || bytes[STATUS_AT - 1] != ' ') {
      throw new MalformedResponseException(
          "response: " + text(0, headEnd) + " (expected: HTTP/1.1 and a status)");
    }
    status = (int) number(STATUS_AT, 10);
  }

  private void parseHeaders() {
    int line = lineEnd(0);
    while (line < headEnd) {
      if (startsWith(line, CONTENT_LENGTH)) {
        contentLength = (int) number(skipSpaces(line + CONTENT_LENGTH.length), 10);
      } else if (startsWith(line, TRANSFER_ENCODING)) {
        chunked = true;
        chunkAt = headEnd;
      }
      line = lineEnd(line);
    }
  }

  /** Where a chunked body ends, or -1 where that is still to come. */
  private int chunkedEnd() {
    while (true) {
      int data = lineEnd(chunkAt);
      if (data < 0) {
        return -1;
      }
      int size = (int) number(chunkAt, 16);
      if (size == 0) {
        return trailersEnd(data);
      }
      if (data + size + 2 > length) {
        return -1;
      }
      chunkAt = data + size + 2;
    }
  }

  private int trailersEnd(int from) {
    int line = from;
    for (int next = lineEnd(line); next >= 0; next = lineEnd(line)) {
      if (next - line == 2) {
        return next;
      }
      line = next;
    }
    return -1;
  }

  /** The position after the next line break, or -1. */
  private int lineEnd(int from) {
    for (int i = from; i < length; i++) {
      if (bytes[i] == '\n') {
        return i + 1;
      }
    }
    return -1;
  }

  private int skipSpaces(int from) {
    int position = from;
    while (bytes[position] == ' ') {
      position++;
    }
    return position;
  }

  private long number(int from, int radix) {
    long number = 0;
    for (int i = from; i < length; i++) {
      int digit = Character.digit(bytes[i], radix);
      if (digit < 0) {
        break;
      }
      number = number * radix + digit;
    }
    return number;
  }

  private boolean startsWith(int at, byte[] lowerCaseName) {
    if (at + lowerCaseName.length > headEnd) {
      return false;
    }
    for (int i = 0; i < lowerCaseName.length; i++) {
      if ((bytes[at + i] | 0x20) != (lowerCaseName[i] | 0x20)) {
        return false;
      }
    }
    return true;
  }

  private String text(int from, int to) {
    return new String(bytes, from, to - from, StandardCharsets.ISO_8859_1).strip();
  }

  private static byte[] lowerCase(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }
}

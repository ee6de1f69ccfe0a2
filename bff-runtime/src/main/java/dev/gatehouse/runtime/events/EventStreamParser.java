package dev.gatehouse.runtime.events;

import io.vertx.core.buffer.Buffer;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/**
 * Reads an event stream (WHATWG HTML, section 9.2.6) piece by piece. Holds no more than one event, whose size is bounded.
 * Confined to one event loop.
 */
final class EventStreamParser {
  private static final byte[] MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};
  private static final int LONGEST_PAUSE_DIGITS = 9;

  private final int maxBytes;
  private final Events events;
  private final ByteArrayOutputStream line = new ByteArrayOutputStream(128);
  private final ByteArrayOutputStream data = new ByteArrayOutputStream(256);
  private String kind = "";
  private String id;
  private boolean hasData;
  private boolean afterReturn;
  private boolean first = true;
  private String lastId;

  /** Is told what is in a stream. */
  interface Events {
    /**
     * One event.
     *
     * @param kind its type; {@code message} where the stream gives none
     */
    void event(String kind, byte[] data);

    /** The service's wish for the pause before a new connection, in milliseconds. */
    void retry(long millis);
  }

  /** An event is larger than the limit. */
  static final class TooLarge extends Exception {
    private static final long serialVersionUID = 1L;

    TooLarge(int maxBytes) {
      super("an event of more than " + maxBytes + " bytes", null, false, false);
    }
  }

  /**
   * @param maxBytes of one line, and of the data of one event
   * @param lastId of the stream that this one goes on with; empty for none
   */
  EventStreamParser(int maxBytes, String lastId, Events events) {
    this.maxBytes = maxBytes;
    this.events = events;
    this.id = lastId;
    this.lastId = lastId;
  }

  /** Reads the next piece, of any length. */
  void parse(Buffer piece) throws TooLarge {
    for (int i = 0, n = piece.length(); i < n; i++) {
      byte b = piece.getByte(i);
      if (b == '\n' && afterReturn) {
        afterReturn = false; // the second half of one line end
        continue;
      }
      afterReturn = b == '\r';
      if (b == '\n' || b == '\r') {
        endLine();
      } else {
        if (line.size() >= maxBytes) {
          throw new TooLarge(maxBytes);
        }
        line.write(b);
      }
    }
  }

  private void endLine() throws TooLarge {
    byte[] bytes = line.toByteArray();
    line.reset();
    int from = 0;
    if (first) {
      first = false;
      from = startsWithMark(bytes) ? MARK.length : 0;
    }
    if (from == bytes.length) {
      dispatch();
      return;
    }
    int colon = from;
    while (colon < bytes.length && bytes[colon] != ':') {
      colon++;
    }
    if (colon == from) {
      return; // a comment
    }
    int value = Math.min(colon + 1, bytes.length);
    if (value < bytes.length && bytes[value] == ' ') {
      value++;
    }
    field(new String(bytes, from, colon - from, StandardCharsets.UTF_8), bytes, value);
  }

  private static boolean startsWithMark(byte[] bytes) {
    return bytes.length >= MARK.length
        && bytes[0] == MARK[0]
        && bytes[1] == MARK[1]
        && bytes[2] == MARK[2];
  }

  private void field(String name, byte[] bytes, int from) throws TooLarge {
    switch (name) {
      case "data" -> {
        if (data.size() + bytes.length - from >= maxBytes) {
          throw new TooLarge(maxBytes);
        }
        if (hasData) {
          data.write('\n');
        }
        hasData = true;
        data.write(bytes, from, bytes.length - from);
      }
      case "event" -> kind = text(bytes, from);
      case "id" -> {
        String given = text(bytes, from);
        if (given.indexOf('\0') < 0) {
          id = given;
        }
      }
      case "retry" -> {
        String millis = text(bytes, from);
        if (!millis.isEmpty()
            && millis.length() <= LONGEST_PAUSE_DIGITS
            && millis.chars().allMatch(c -> c >= '0' && c <= '9')) {
          events.retry(Long.parseLong(millis));
        }
      }
      default -> {
        // Other fields are to be ignored.
      }
    }
  }

  private static String text(byte[] bytes, int from) {
    return new String(bytes, from, bytes.length - from, StandardCharsets.UTF_8);
  }

  private void dispatch() {
    byte[] given = data.toByteArray();
    String type = kind.isEmpty() ? "message" : kind;
    data.reset();
    hasData = false;
    kind = "";
    lastId = id;
    if (given.length > 0) {
      events.event(type, given);
    }
  }

  /** The last event's id, for a new connection; empty where none was given. */
  String lastId() {
    return lastId;
  }
}

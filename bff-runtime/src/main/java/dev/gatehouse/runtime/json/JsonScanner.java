package dev.gatehouse.runtime.json;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * A cursor over one JSON text in UTF-8 that checks every byte it passes against RFC 8259 and builds nothing.
 *
 * <p>Strings are crossed eight bytes at a time (the "SIMD within a register" technique); numbers, escapes and multi-byte
 * characters are checked one by one. Not safe for use by several threads.
 */
public final class JsonScanner {

  /** How deep arrays and objects may nest. */
  public static final int MAX_DEPTH = 256;

  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long ONES = 0x0101010101010101L;
  private static final long HIGHS = 0x8080808080808080L;

  /** By the character after the backslash. */
  private static final boolean[] SHORT_ESCAPES = new boolean[128];

  static {
    for (char c : "\"\\/bfnrt".toCharArray()) {
      SHORT_ESCAPES[c] = true;
    }
  }

  private final byte[] bytes;
  private final int start;
  private final int end;
  private int at;
  private int depth;
  private boolean escaped;

  /**
   * @param bytes never changed while this is in use
   * @param from where the text begins
   * @param to where it ends, exclusive
   */
  public JsonScanner(byte[] bytes, int from, int to) {
    this.bytes = bytes;
    this.start = from;
    this.end = to;
    this.at = from;
  }

  /** Where the cursor stands, in the array. */
  public int position() {
    return at;
  }

  /** Moves the cursor back, or on, to a position that it had or will have between two tokens. */
  public void position(int position) {
    at = position;
  }

  /** Passes white space and says which byte the next token begins with. */
  public byte peek() {
    while (at < end) {
      byte c = bytes[at];
      if (c > ' ' || (c != ' ' && c != '\n' && c != '\r' && c != '\t')) {
        return c;
      }
      at++;
    }
    throw truncated();
  }

  /** Checks that only white space is left. */
  public void end() {
    while (at < end) {
      byte c = bytes[at];
      if (c != ' ' && c != '\n' && c != '\r' && c != '\t') {
        throw malformed("more text after the value");
      }
      at++;
    }
  }

  /** Enters an object or array whose opening bracket the cursor stands at. */
  public void enter() {
    if (++depth > MAX_DEPTH) {
      throw malformed("nesting deeper than " + MAX_DEPTH);
    }
    at++;
  }

  /**
   * Moves to the next member's name, or leaves the object. Call after {@link #enter()} and after each member's value.
   *
   * @param first whether no member was passed yet
   * @return whether there is one; then the cursor stands at its opening quote
   */
  public boolean nextMember(boolean first) {
    byte c = peek();
    if (c == '}') {
      at++;
      depth--;
      return false;
    }
    if (!first) {
      if (c != ',') {
        throw malformed("a ',' or '}' was expected");
      }
      at++;
      c = peek();
    }
    if (c != '"') {
      throw malformed("a member's name was expected");
    }
    return true;
  }

  /** Passes a member's name and the colon. The name lies between the quotes: from the old position + 1 to the returned position. */
  public int name() {
    int close = string();
    if (peek() != ':') {
      throw malformed("a ':' was expected");
    }
    at++;
    return close - 1;
  }

  /**
   * Moves to the next element, or leaves the array. Call after {@link #enter()} and after each element.
   *
   * @param first whether no element was passed yet
   * @return whether there is one
   */
  public boolean nextElement(boolean first) {
    byte c = peek();
    if (c == ']') {
      at++;
      depth--;
      return false;
    }
    if (!first) {
      if (c != ',') {
        throw malformed("a ',' or ']' was expected");
      }
      at++;
      if (peek() == ']') {
        throw malformed("an element was expected");
      }
    }
    return true;
  }

  /** Passes one value of any kind, checking all of it. */
  public void value() {
    switch (peek()) {
      case '"' -> string();
      case '{' -> {
        enter();
        for (boolean first = true; nextMember(first); first = false) {
          name();
          value();
        }
      }
      case '[' -> {
        enter();
        for (boolean first = true; nextElement(first); first = false) {
          value();
        }
      }
      case 't' -> literal("true");
      case 'f' -> literal("false");
      case 'n' -> literal("null");
      default -> number();
    }
  }

  /** Whether the string passed last holds a backslash, so that its bytes are not its text. */
  public boolean wasEscaped() {
    return escaped;
  }

  /**
   * Passes a string, whose opening quote the cursor stands at.
   *
   * @return the position after the closing quote
   */
  public int string() {
    final byte[] text = bytes;
    final int limit = end;
    int i = at + 1;
    escaped = false;
    for (; ; ) {
      while (i + 8 <= limit) {
        long word = (long) LONGS.get(text, i);
        long quote = word ^ 0x2222222222222222L;
        long slash = word ^ 0x5C5C5C5C5C5C5C5CL;
        long special = (((quote - ONES) & ~quote)
                | ((slash - ONES) & ~slash)
                | (word - 0x2020202020202020L)
                | word)
            & HIGHS;
        if (special != 0) {
          i += Long.numberOfTrailingZeros(special) >>> 3;
          break;
        }
        i += 8;
      }
      if (i >= limit) {
        at = limit;
        throw truncated();
      }
      byte c = text[i];
      if (c == '"') {
        return at = i + 1;
      }
      if (c == '\\') {
        escaped = true;
        i = escape(i + 1);
      } else if (c < 0) {
        i = multiByte(i);
      } else if (c < ' ') {
        at = i;
        throw malformed("a control character in a string");
      } else {
        i++;
      }
    }
  }

  private int escape(int i) {
    if (i >= end) {
      at = end;
      throw truncated();
    }
    byte c = bytes[i];
    if (c >= 0 && SHORT_ESCAPES[c]) {
      return i + 1;
    }
    if (c != 'u') {
      at = i;
      throw malformed("an unknown escape");
    }
    for (int digit = i + 1; digit <= i + 4; digit++) {
      if (digit >= end) {
        at = end;
        throw truncated();
      }
      if (Character.digit(bytes[digit], 16) < 0) {
        at = digit;
        throw malformed("no hexadecimal digit in an escape");
      }
    }
    return i + 5;
  }

  /** Checks one multi-byte character by the table of well-formed sequences in Unicode, table 3-7. */
  private int multiByte(int i) {
    int lead = bytes[i] & 0xFF;
    int low = 0x80;
    int high = 0xBF;
    int more;
    if (lead >= 0xC2 && lead <= 0xDF) {
      more = 1;
    } else if (lead >= 0xE0 && lead <= 0xEF) {
      more = 2;
      low = lead == 0xE0 ? 0xA0 : 0x80;
      high = lead == 0xED ? 0x9F : 0xBF;
    } else if (lead >= 0xF0 && lead <= 0xF4) {
      more = 3;
      low = lead == 0xF0 ? 0x90 : 0x80;
      high = lead == 0xF4 ? 0x8F : 0xBF;
    } else {
      at = i;
      throw malformed("invalid UTF-8");
    }
    for (int k = 1; k <= more; k++) {
      if (i + k >= end) {
        at = end;
        throw truncated();
      }
      int c = bytes[i + k] & 0xFF;
      if (c < low || c > high) {
        at = i + k;
        throw malformed("invalid UTF-8");
      }
      low = 0x80;
      high = 0xBF;
    }
    return i + more + 1;
  }

  /** Passes {@code true}, {@code false} or {@code null}. */
  public void literal(String word) {
    int length = word.length();
    for (int i = 0; i < length; i++) {
      if (at + i >= end) {
        at = end;
        throw truncated();
      }
      if (bytes[at + i] != word.charAt(i)) {
        throw malformed("a value was expected");
      }
    }
    at += length;
    checkBoundary();
  }

  /**
   * Passes a number.
   *
   * @return whether it has neither fraction nor exponent
   */
  public boolean number() {
    int i = at;
    if (i < end && bytes[i] == '-') {
      i++;
    }
    int digits = i;
    i = digits(i);
    if (i == digits) {
      throw i >= end ? truncated() : malformed("a value was expected");
    }
    if (bytes[digits] == '0' && i > digits + 1) {
      throw malformed("a number with a leading zero");
    }
    boolean whole = true;
    if (i < end && bytes[i] == '.') {
      whole = false;
      i = someDigits(i + 1);
    }
    if (i < end && (bytes[i] == 'e' || bytes[i] == 'E')) {
      whole = false;
      i++;
      if (i < end && (bytes[i] == '+' || bytes[i] == '-')) {
        i++;
      }
      i = someDigits(i);
    }
    at = i;
    checkBoundary();
    return whole;
  }

  private int digits(int from) {
    int i = from;
    while (i < end && bytes[i] >= '0' && bytes[i] <= '9') {
      i++;
    }
    return i;
  }

  private int someDigits(int from) {
    int i = digits(from);
    if (i == from) {
      at = i;
      throw i >= end ? truncated() : malformed("a digit was expected");
    }
    return i;
  }

  /** A number or word must be followed by something that cannot belong to it. */
  private void checkBoundary() {
    if (at < end) {
      byte c = bytes[at];
      if (c != ',' && c != '}' && c != ']' && c != ' ' && c != '\n' && c != '\r' && c != '\t') {
        throw malformed("a value was expected to end");
      }
    }
  }

  private MalformedJsonException truncated() {
    return new MalformedJsonException("the text ends too early", end - start);
  }

  private MalformedJsonException malformed(String what) {
    return new MalformedJsonException(what, at - start);
  }
}

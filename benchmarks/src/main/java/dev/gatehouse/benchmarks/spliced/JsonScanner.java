package dev.gatehouse.benchmarks.spliced;

import java.util.Arrays;

/**
 * Finds members and elements in JSON bytes without building anything. It trusts its input to be well-formed, and fails
 * with {@link ArrayIndexOutOfBoundsException} where bytes end too early. Not thread-safe.
 */
public final class JsonScanner {
  private final byte[] json;
  private int position;
  private int keyStart;
  private int keyEnd;
  private int valueStart;

  /** Starts at a value. */
  public JsonScanner(byte[] json, int position) {
    this.json = json;
    this.position = position;
  }

  /** Enters the object or array at the position. */
  public void enter() {
    skipWhitespace();
    position++;
  }

  /**
   * Goes to the next member of the object entered and skips its value, or leaves the object.
   *
   * @return whether there was one more member
   */
  public boolean nextMember() {
    if (!hasNext('}')) {
      return false;
    }
    keyStart = position + 1;
    skipString();
    keyEnd = position - 1;
    skipWhitespace();
    position++;
    skipWhitespace();
    valueStart = position;
    skipValue();
    return true;
  }

  /**
   * Goes to the next element of the array entered, which the caller then enters or skips, or leaves the array.
   *
   * @return whether there was one more element
   */
  public boolean nextElement() {
    return hasNext(']');
  }

  /** Whether the last member has this name. Names are compared as bytes; escapes in them are not understood. */
  public boolean isNamed(byte[] name) {
    return keyEnd - keyStart == name.length
        && Arrays.equals(json, keyStart, keyEnd, name, 0, name.length);
  }

  /** Where the last member begins, at the quote of its name. */
  public int memberStart() {
    return keyStart - 1;
  }

  /** Where the value of the last member begins. */
  public int valueStart() {
    return valueStart;
  }

  /** Where the scanner stands: after the last value, or at the element to come. */
  public int position() {
    return position;
  }

  /** The value of the last member as a number without sign and fraction. */
  public int intValue() {
    int value = 0;
    for (int i = valueStart; i < position; i++) {
      value = value * 10 + json[i] - '0';
    }
    return value;
  }

  /** Goes past the value at the position. */
  public void skipValue() {
    switch (json[position]) {
      case '"' -> skipString();
      case '{', '[' -> skipNested();
      default -> skipLiteral();
    }
  }

  private boolean hasNext(char end) {
    int next = skipWhitespace();
    if (next == ',') {
      position++;
      next = skipWhitespace();
    }
    if (next == end) {
      position++;
      return false;
    }
    return true;
  }

  private int skipWhitespace() {
    byte next = json[position];
    while (next <= ' ' && next >= 0) {
      next = json[++position];
    }
    return next;
  }

  private void skipString() {
    byte[] bytes = json;
    int i = position + 1;
    for (byte next = bytes[i]; next != '"'; next = bytes[i]) {
      // What follows a backslash cannot end the string.
      i += next == '\\' ? 2 : 1;
    }
    position = i + 1;
  }

  private void skipNested() {
    byte[] bytes = json;
    int depth = 0;
    int i = position;
    while (true) {
      switch (bytes[i]) {
        case '"' -> {
          position = i;
          skipString();
          i = position;
          continue;
        }
        case '{', '[' -> depth++;
        case '}', ']' -> {
          if (--depth == 0) {
            position = i + 1;
            return;
          }
        }
        default -> {
          // Inside a number, a literal or between two values: nothing to tell.
        }
      }
      i++;
    }
  }

  private void skipLiteral() {
    int i = position;
    for (byte next = json[i];
        next != ',' && next != '}' && next != ']' && next > ' ';
        next = json[i]) {
      i++;
    }
    position = i;
  }
}

package dev.gatehouse.runtime.log;

import org.slf4j.spi.LoggingEventBuilder;

/**
 * A line of {@code key=value} pairs. Whatever a value holds, the line stays one line and its pairs stay apart: values with spaces,
 * quotes or control characters are quoted and escaped.
 */
final class LogLine implements LogFields {
  private final StringBuilder text;

  LogLine(int expectedLength) {
    this.text = new StringBuilder(expectedLength);
  }

  @Override
  public LogLine field(String key, long value) {
    key(key).append(value);
    return this;
  }

  @Override
  public LogLine millis(String key, long nanos) {
    long tenths = Math.max(0, nanos) / 100_000;
    key(key).append(tenths / 10).append('.').append(tenths % 10);
    return this;
  }

  @Override
  public LogLine field(String key, String value) {
    key(key);
    if (isPlain(value)) {
      text.append(value);
    } else {
      quote(value);
    }
    return this;
  }

  private StringBuilder key(String key) {
    if (text.length() > 0) {
      text.append(' ');
    }
    return text.append(key).append('=');
  }

  private static boolean isPlain(String value) {
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c <= ' ' || c == '"' || c == '\\' || c == '=' || c > '~') {
        return false;
      }
    }
    return !value.isEmpty();
  }

  private void quote(String value) {
    text.append('"');
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c == '"' || c == '\\') {
        text.append('\\').append(c);
      } else if (isHarmful(c)) {
        text.append("\\u").append(String.format("%04x", (int) c));
      } else {
        text.append(c);
      }
    }
    text.append('"');
  }

  /** Control characters, and those that break or reverse a line on a screen. */
  private static boolean isHarmful(char c) {
    return Character.isISOControl(c)
        || c == '\u2028'
        || c == '\u2029'
        || Character.getType(c) == Character.FORMAT
        || Character.isSurrogate(c);
  }

  @Override
  public void log(LoggingEventBuilder event, String what) {
    event.log(text.toString());
  }

  @Override
  public String toString() {
    return text.toString();
  }
}

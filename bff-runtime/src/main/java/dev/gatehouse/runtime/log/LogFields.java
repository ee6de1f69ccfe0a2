package dev.gatehouse.runtime.log;

import dev.gatehouse.runtime.config.LogFormat;
import org.slf4j.spi.LoggingEventBuilder;

/** What a log line tells, handed to the logger in one of two forms. Used once; not thread-safe. */
public sealed interface LogFields permits LogLine, LogPairs {

  /** Adds a number. */
  LogFields field(String key, long value);

  /** A duration in milliseconds with one decimal. */
  LogFields millis(String key, long nanos);

  /** Adds a text. */
  LogFields field(String key, String value);

  /**
   * Logs them.
   *
   * @param what one word that says what they are about
   */
  void log(LoggingEventBuilder event, String what);

  /** Of one line, in a form. */
  static LogFields in(LogFormat format) {
    return format == LogFormat.TEXT ? new LogLine(160) : new LogPairs();
  }
}

package dev.gatehouse.runtime.log;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.spi.LoggingEventBuilder;

/**
 * Something that has changed in the process, such as a circuit breaker that opens: rare, and told whatever {@code log-format} says. Its
 * fields are in the text, for people, and SLF4J's key-value pairs, for an encoder that writes JSON. Used once; not thread-safe.
 */
public final class LogEvent {
  private final String what;
  private final LogLine line = new LogLine(120);
  private final LogPairs pairs = new LogPairs();
  private @Nullable Throwable cause;

  private LogEvent(String what) {
    this.what = what;
  }

  /**
   * An event.
   *
   * @param what a few words, always the same for events of one kind, so that they can be searched for
   */
  public static LogEvent of(String what) {
    LogEvent event = new LogEvent(what);
    event.pairs.field("event", what);
    return event;
  }

  /** Adds a number, in the unit that the key ends with. */
  public LogEvent field(String key, long value) {
    line.field(key, value);
    pairs.field(key, value);
    return this;
  }

  /** Adds what a value says of itself. */
  public LogEvent field(String key, Object value) {
    String text = String.valueOf(value);
    line.field(key, text);
    pairs.field(key, text);
    return this;
  }

  /** Adds where in the program something went wrong: for what should not happen, or not as it did. */
  public LogEvent cause(Throwable thrown) {
    cause = thrown;
    return this;
  }

  /** Logs it as good news, or none. */
  public void info(Logger logger) {
    log(logger.atInfo());
  }

  /** Logs it as something that an operator should know of. */
  public void warn(Logger logger) {
    log(logger.atWarn());
  }

  /** Logs it as something that an operator has to mend. */
  public void error(Logger logger) {
    log(logger.atError());
  }

  private void log(LoggingEventBuilder event) {
    pairs.log(cause == null ? event : event.setCause(cause), what + ": " + line);
  }
}

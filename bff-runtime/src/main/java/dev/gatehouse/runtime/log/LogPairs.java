package dev.gatehouse.runtime.log;

import java.util.ArrayList;
import java.util.List;
import org.slf4j.spi.LoggingEventBuilder;

/** Fields as SLF4J's key-value pairs: numbers stay numbers, and the encoder escapes. */
final class LogPairs implements LogFields {
  private record Pair(String key, Object value) {}

  private final List<Pair> pairs = new ArrayList<>(12);

  @Override
  public LogPairs field(String key, long value) {
    pairs.add(new Pair(key, value));
    return this;
  }

  @Override
  public LogPairs millis(String key, long nanos) {
    pairs.add(new Pair(key, Math.max(0, nanos) / 100_000 / 10.0));
    return this;
  }

  @Override
  public LogPairs field(String key, String value) {
    pairs.add(new Pair(key, value));
    return this;
  }

  @Override
  public void log(LoggingEventBuilder event, String what) {
    LoggingEventBuilder built = event;
    for (Pair pair : pairs) {
      built = built.addKeyValue(pair.key(), pair.value());
    }
    built.log(what);
  }
}

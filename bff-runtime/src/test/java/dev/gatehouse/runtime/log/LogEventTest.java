package dev.gatehouse.runtime.log;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxy;
import ch.qos.logback.core.read.ListAppender;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import org.slf4j.event.KeyValuePair;

/** People read the text, machines the pairs; both tell the same. */
class LogEventTest {
  private static final Logger LOG = (Logger) LoggerFactory.getLogger("events of a test");

  private final ListAppender<ILoggingEvent> logged = new ListAppender<>();

  @BeforeEach
  void listen() {
    logged.start();
    LOG.setAdditive(false);
    LOG.setLevel(Level.INFO);
    LOG.addAppender(logged);
  }

  @AfterEach
  void stop() {
    LOG.detachAppender(logged);
  }

  @Test
  void fieldsAreInTheTextAndPairsOfTheirOwn() {
    LogEvent.of("circuit breaker opens")
        .field("service", "pricing")
        .field("for_ms", 500)
        .field("because", "60 % of 20 calls failed")
        .warn(LOG);

    ILoggingEvent event = logged.list.get(0);
    assertThat(event.getLevel()).isEqualTo(Level.WARN);
    assertThat(event.getFormattedMessage())
        .isEqualTo(
            "circuit breaker opens: service=pricing for_ms=500 because=\"60 % of 20 calls failed\"");
    assertThat(event.getKeyValuePairs())
        .containsExactly(
            new KeyValuePair("event", "circuit breaker opens"),
            new KeyValuePair("service", "pricing"),
            new KeyValuePair("for_ms", 500L),
            new KeyValuePair("because", "60 % of 20 calls failed"));
  }

  @Test
  void whatShouldNotHappenHasItsCauseWithIt() {
    IllegalStateException cause = new IllegalStateException("none");
    LogEvent.of("not all endpoints could be replaced")
        .field("service", "pricing")
        .cause(cause)
        .error(LOG);

    ILoggingEvent event = logged.list.get(0);
    assertThat(event.getLevel()).isEqualTo(Level.ERROR);
    assertThat(event.getFormattedMessage())
        .isEqualTo("not all endpoints could be replaced: service=pricing");
    assertThat(((ThrowableProxy) event.getThrowableProxy()).getThrowable()).isSameAs(cause);
  }

  @Test
  void whateverAValueHoldsTheLineStaysOneLine() {
    LogEvent.of("faults set").field("by", List.of("a\nb=\"c\"", "{}")).info(LOG);

    ILoggingEvent event = logged.list.get(0);
    assertThat(event.getLevel()).isEqualTo(Level.INFO);
    assertThat(event.getFormattedMessage())
        .isEqualTo("faults set: by=\"[a\\u000ab=\\\"c\\\", {}]\"");
  }
}

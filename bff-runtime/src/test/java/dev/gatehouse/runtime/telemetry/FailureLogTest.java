package dev.gatehouse.runtime.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.gatehouse.runtime.config.LogFormat;
import dev.gatehouse.runtime.engine.Answer.Loss;
import dev.gatehouse.runtime.upstream.FailureClass;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class FailureLogTest {
  private final Logger logger = (Logger) LoggerFactory.getLogger("dev.gatehouse.failures");
  private final ListAppender<ILoggingEvent> logged = new ListAppender<>();
  private long nanos = 1;

  @BeforeEach
  void begin() {
    logger.setLevel(Level.WARN);
    logger.setAdditive(false);
    logged.start();
    logger.addAppender(logged);
  }

  @AfterEach
  void end() {
    logger.detachAppender(logged);
    logger.setLevel(null);
    logger.setAdditive(true);
  }

  private FailureLog log(LogFormat format) {
    return new FailureLog("web", format, () -> nanos);
  }

  private static List<Loss> lost(
      @Nullable String service, FailureClass failureClass, String detail) {
    return List.of(new Loss(
        List.of("price"),
        failureClass,
        service,
        service == null ? null : "GET /prices/{id}",
        detail,
        false));
  }

  @Test
  void aLossIsOneLineWithItsCauseAndItsTrace() {
    log(LogFormat.TEXT)
        .lost(
            lost("pricing", FailureClass.SERVER_ERROR, "pricing answered \"no\"\nwith 500"),
            "0af7651916cd43dd8448eb211c80319c");

    assertThat(logged.list).singleElement().satisfies(event -> {
      assertThat(event.getLevel()).isEqualTo(Level.WARN);
      assertThat(event.getFormattedMessage())
          .isEqualTo(
              "bff=web service=pricing operation=\"GET /prices/{id}\" class=server_error"
                  + " detail=\"pricing answered \\\"no\\\"\\u000awith 500\" trace_id=0af7651916cd43dd8448eb211c80319c");
    });
  }

  @Test
  void asJsonItsFieldsAreKeyValuePairs() {
    log(LogFormat.JSON)
        .lost(
            lost("pricing", FailureClass.TIMED_OUT, "too late"),
            "0af7651916cd43dd8448eb211c80319c");

    assertThat(logged.list).singleElement().satisfies(event -> {
      assertThat(event.getMessage()).isEqualTo("lost");
      Map<String, Object> pairs = event.getKeyValuePairs().stream()
          .collect(Collectors.toMap(pair -> pair.key, pair -> pair.value));
      assertThat(pairs)
          .containsEntry("bff", "web")
          .containsEntry("service", "pricing")
          .containsEntry("operation", "GET /prices/{id}")
          .containsEntry("class", "timed_out")
          .containsEntry("detail", "too late")
          .containsEntry("trace_id", "0af7651916cd43dd8448eb211c80319c");
    });
  }

  @Test
  void aFloodOfOneCauseIsALineInTenSecondsThatSaysHowManyThereWere() {
    FailureLog log = log(LogFormat.TEXT);
    for (int i = 0; i < 100; i++) {
      log.lost(lost("pricing", FailureClass.TIMED_OUT, "late " + i), null);
    }
    log.lost(lost("pricing", FailureClass.REFUSED, "another cause"), null);
    assertThat(logged.list)
        .extracting(ILoggingEvent::getFormattedMessage)
        .satisfiesExactly(
            first -> assertThat(first).contains("late 0").doesNotContain("held_back", "trace_id"),
            second -> assertThat(second).contains("another cause"));

    nanos += Duration.ofSeconds(10).toNanos();
    log.lost(lost("pricing", FailureClass.TIMED_OUT, "late again"), null);

    assertThat(logged.list.get(2).getFormattedMessage())
        .contains("late again")
        .contains("held_back=99");
  }

  @Test
  void atDebugLevelEveryLossIsTold() {
    logger.setLevel(Level.DEBUG);
    FailureLog log = log(LogFormat.TEXT);
    for (int i = 0; i < 5; i++) {
      log.lost(lost("pricing", FailureClass.TIMED_OUT, "late"), null);
    }

    assertThat(logged.list)
        .extracting(ILoggingEvent::getLevel)
        .containsExactly(Level.WARN, Level.DEBUG, Level.DEBUG, Level.DEBUG, Level.DEBUG);
  }

  @Test
  void whatIsEverydayLifeIsNotTold() {
    FailureLog log = log(LogFormat.TEXT);
    log.lost(lost("pricing", FailureClass.ABSENT, "no such price"), null);
    log.lost(lost("pricing", FailureClass.CANCELLED, "the client left"), null);

    assertThat(logged.list).isEmpty();

    log.lost(lost(null, FailureClass.INTERNAL, "nobody's call"), null);
    assertThat(logged.list)
        .singleElement()
        .satisfies(event -> assertThat(event.getFormattedMessage())
            .startsWith("bff=web service=- operation=- class=internal "));
  }

  @Test
  void causesAreForgottenBeforeTheyAreTooMany() {
    FailureLog log = log(LogFormat.TEXT);
    for (int i = 0; i < 2500; i++) {
      log.lost(lost("service-" + i, FailureClass.TIMED_OUT, "late"), null);
    }

    assertThat(logged.list).hasSize(2500);
    log.lost(lost("service-2499", FailureClass.TIMED_OUT, "late"), null);
    assertThat(logged.list).as("still known").hasSize(2500);
  }
}

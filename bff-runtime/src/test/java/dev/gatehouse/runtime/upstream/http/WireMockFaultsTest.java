package dev.gatehouse.runtime.upstream.http;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.ok;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.wireMockConfig;
import static dev.gatehouse.runtime.upstream.http.Caller.get;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.http.Fault;
import dev.gatehouse.runtime.upstream.FailureClass;
import dev.gatehouse.runtime.upstream.UpstreamException;
import dev.gatehouse.runtime.upstream.UpstreamResponse;
import io.vertx.core.Vertx;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The faults of an independent server. */
class WireMockFaultsTest {
  private static final WireMockServer SERVICE =
      new WireMockServer(wireMockConfig().bindAddress("127.0.0.1").dynamicPort());

  /** As far as a test is concerned; milliseconds. */
  private static final int FOR_EVER = 60_000;

  private final Vertx vertx = Vertx.vertx();
  private Caller caller;

  @BeforeAll
  static void startService() {
    SERVICE.start();
  }

  @AfterAll
  static void stopService() {
    SERVICE.stop();
  }

  @BeforeEach
  void start() {
    SERVICE.resetAll();
    stub("/good", ok("good"));
    caller =
        new Caller(vertx, Caller.settings("http://127.0.0.1:" + SERVICE.port()).build());
  }

  @AfterEach
  void stop() {
    caller.close();
    Caller.await(vertx.close());
  }

  private static void stub(String path, ResponseDefinitionBuilder response) {
    SERVICE.stubFor(any(urlEqualTo(path)).willReturn(response));
  }

  private void assertThatNothingIsLeftBehind() {
    assertThat(caller.<Integer>pool(EndpointPool::openConnections)).isZero();
    assertThat(Caller.text(caller.call(get("/good")))).isEqualTo("good");
    assertThat(caller.<Integer>pool(EndpointPool::idleConnections)).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource({
    "EMPTY_RESPONSE, UNREACHABLE",
    "CONNECTION_RESET_BY_PEER, UNREACHABLE",
    "MALFORMED_RESPONSE_CHUNK, NONSENSE"
  })
  void aFaultIsClassed(Fault fault, FailureClass expected) {
    stub("/fault", aResponse().withStatus(200).withBody("{}").withFault(fault));

    UpstreamException failure = caller.fail(get("/fault"));

    assertThat(failure.failureClass()).as(failure.getMessage()).isEqualTo(expected);
    assertThatNothingIsLeftBehind();
  }

  @Test
  void randomBytesAreNoAnswer() {
    stub("/fault", aResponse().withFault(Fault.RANDOM_DATA_THEN_CLOSE));

    // Which of the two, chance decides: whether there is a line end among the bytes.
    assertThat(caller.fail(get("/fault")).failureClass())
        .isIn(FailureClass.NONSENSE, FailureClass.UNREACHABLE);
    assertThatNothingIsLeftBehind();
  }

  @Test
  void anAnswerThatComesTooLateIsTimedOut() {
    stub("/slow", ok("{}").withFixedDelay(FOR_EVER));
    caller.call(get("/good")); // so that there is a connection

    assertThat(Caller.failure(caller.start(() -> get("/slow", Duration.ofMillis(400))))
            .failureClass())
        .isEqualTo(FailureClass.TIMED_OUT);
    assertThatNothingIsLeftBehind();
  }

  @Test
  void anAnswerThatDribblesForTooLongIsTimedOut() {
    stub("/dribble", ok("x".repeat(1000)).withChunkedDribbleDelay(1000, FOR_EVER));
    caller.call(get("/good")); // so that there is a connection

    assertThat(Caller.failure(caller.start(() -> get("/dribble", Duration.ofMillis(800))))
            .failureClass())
        .isEqualTo(FailureClass.TIMED_OUT);
    assertThatNothingIsLeftBehind();
  }

  @Test
  void anAnswerThatDribblesInTimeIsWhole() {
    stub("/dribble", ok("x".repeat(1000)).withChunkedDribbleDelay(20, 200));

    UpstreamResponse answer = caller.call(get("/dribble"));

    assertThat(Caller.text(answer)).isEqualTo("x".repeat(1000));
  }
}

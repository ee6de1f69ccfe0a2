package dev.gatehouse.runtime.mesh.breaker;

import static dev.gatehouse.runtime.mesh.layer.LayerLoop.failure;
import static dev.gatehouse.runtime.mesh.layer.LayerLoop.safe;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.runtime.live.Live;
import dev.gatehouse.runtime.mesh.layer.LayerLoop;
import dev.gatehouse.runtime.mesh.layer.ScriptedUpstream;
import dev.gatehouse.runtime.policy.BreakerPolicy;
import dev.gatehouse.runtime.upstream.FailureClass;
import dev.gatehouse.runtime.upstream.UpstreamException;
import dev.gatehouse.runtime.upstream.UpstreamRequest;
import dev.gatehouse.runtime.upstream.UpstreamResponse;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;
import org.junit.jupiter.params.provider.ValueSource;

class BreakerTest {
  private static final Duration LONG = Duration.ofMinutes(1);
  private static final Duration SHORT = Duration.ofMillis(20);

  private final LayerLoop loop = new LayerLoop();
  private final ScriptedUpstream service = new ScriptedUpstream();
  private final Live<BreakerPolicy> policy =
      new Live<>(BreakerPolicy.DEFAULT.withOpenFor(LONG, LONG));
  private final Breaker breaker = loop.on(() -> new Breaker(service, policy, loop.context()));

  @AfterEach
  void stop() {
    loop.close();
  }

  private Future<UpstreamResponse> send() {
    return breaker.send(safe());
  }

  private void calls(int count) {
    loop.on(() -> {
      for (int i = 0; i < count; i++) {
        send();
      }
      return null;
    });
  }

  private String state() {
    return loop.on(() -> {
      JsonObject described = new JsonObject();
      breaker.describe(described);
      return described.getJsonObject("breaker").getString("state");
    });
  }

  private void openIt() {
    service.reset().answer(500);
    // In one turn, as its rest may be over in the next.
    loop.on(() -> {
      for (int i = 0; i < 20; i++) {
        send();
      }
      assertThat(describedState()).isEqualTo("open");
      return null;
    });
    service.reset();
  }

  @Test
  void twoFailuresInThreeOpenItThoughSuccessesComeBetween() {
    service.then(
        request -> Future.succeededFuture(LayerLoop.response(service.sent() % 3 == 1 ? 200 : 503)));
    calls(19);
    assertThat(state()).isEqualTo("closed");
    calls(1);
    assertThat(state()).isEqualTo("open");
  }

  @Test
  void whileItIsOpenCallsAreRefusedAtOnceAndTellWhen() {
    openIt();
    int before = service.sent();

    UpstreamException refused = loop.fail(this::send);

    assertThat(refused.failureClass()).isEqualTo(FailureClass.REFUSED);
    assertThat(refused)
        .hasMessage("catalog: GET /things: not sent, the circuit breaker is open: 100 % of 20 calls"
            + " failed (breaker.failure-percent); next try in 60000 ms");
    loop.turn(Duration.ofSeconds(10));
    UpstreamException later = loop.fail(this::send);
    assertThat(later).hasMessageEndingWith("next try in 50000 ms").isNotSameAs(refused);
    assertThat(service.sent()).isEqualTo(before);
    assertThat(loop.count("gatehouse.mesh.breaker.refused")).isEqualTo(2);
    assertThat(loop.gauge("gatehouse.mesh.breaker.instances", "state", "open")).isEqualTo(1);
    assertThat(loop.gauge("gatehouse.mesh.breaker.instances", "state", "closed"))
        .isZero();
  }

  @Test
  void oneThatIsClosedForGoodWhileItIsOpenCountsNoMore() {
    policy.set(BreakerPolicy.DEFAULT.withOpenFor(SHORT, SHORT));
    openIt();
    Promise<Void> later = Promise.promise();
    loop.call(breaker::close);
    loop.later((int) SHORT.toMillis() * 5, later::complete);
    LayerLoop.await(later.future());

    for (String state : List.of("closed", "open", "half_open")) {
      assertThat(loop.gauge("gatehouse.mesh.breaker.instances", "state", state))
          .as(state)
          .isZero();
    }
    assertThat(loop.count("gatehouse.mesh.breaker.transitions", "state", "half_open"))
        .isZero();
  }

  @Test
  void fewerFailuresThanTheShareLeaveItClosed() {
    service.then(
        request -> Future.succeededFuture(LayerLoop.response(service.sent() % 3 == 1 ? 500 : 200)));
    calls(1000);
    assertThat(state()).isEqualTo("closed");
  }

  @Test
  void fewerCallsThanTheLeastLeaveItClosed() {
    service.answer(500);
    calls(19);
    assertThat(state()).isEqualTo("closed");
  }

  @Test
  void whatIsOlderThanTheWindowDoesNotCount() {
    service.answer(500);
    calls(19);
    loop.turn(Duration.ofSeconds(11));
    calls(19);
    assertThat(state()).isEqualTo("closed");
  }

  @ParameterizedTest
  @ValueSource(ints = {200, 304, 400, 404, 429})
  void answersBelow500LeaveItClosed(int status) {
    service.answer(status);
    calls(100);
    assertThat(state()).isEqualTo("closed");
  }

  @ParameterizedTest
  @EnumSource(
      value = FailureClass.class,
      names = {"UNREACHABLE", "TIMED_OUT", "SERVER_ERROR", "NONSENSE"})
  void failuresOfTheServiceOpenIt(FailureClass kind) {
    service.fail(failure(kind, false));
    calls(20);
    assertThat(state()).isEqualTo("open");
  }

  @ParameterizedTest
  @EnumSource(
      value = FailureClass.class,
      mode = Mode.EXCLUDE,
      names = {"UNREACHABLE", "TIMED_OUT", "SERVER_ERROR", "NONSENSE"})
  void otherFailuresDoNotCount(FailureClass kind) {
    service.fail(failure(kind, false));
    calls(100);
    assertThat(state()).isEqualTo("closed");
  }

  @Test
  void afterItsRestSomeCallsMayTryAndIfAllSucceedItCloses() {
    policy.set(policy.get().withOpenFor(SHORT, LONG).withProbes(2));
    openIt();
    service.hold();
    loop.until(() -> !"open".equals(describedState()));
    List<Future<UpstreamResponse>> probes = loop.on(() -> List.of(send(), send()));
    assertThat(loop.fail(this::send))
        .hasMessageContaining("half-open")
        .hasMessageContaining("2 calls are trying");
    assertThat(service.waiting()).isEqualTo(2);

    loop.call(() -> {
      service.held().answer(LayerLoop.response(404));
      return probes.get(0);
    });
    assertThat(state()).isEqualTo("half_open");
    loop.call(() -> {
      service.held().answer(LayerLoop.response(200));
      return probes.get(1);
    });

    assertThat(state()).isEqualTo("closed");
    assertThat(loop.count("gatehouse.mesh.breaker.transitions", "state", "closed"))
        .isEqualTo(1);
    service.reset().answer(200);
    assertThat(loop.call(this::send).status()).isEqualTo(200);
  }

  private String describedState() {
    JsonObject described = new JsonObject();
    breaker.describe(described);
    return described.getJsonObject("breaker").getString("state");
  }

  @Test
  void whereOneThatTriesFailsTheNextRestIsTwiceAsLong() {
    policy.set(policy.get().withOpenFor(SHORT, Duration.ofMillis(70)));
    openIt();
    List<Long> rests = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      loop.until(() -> "half_open".equals(describedState()));
      service.reset().fail(failure(FailureClass.TIMED_OUT, false));
      loop.on(() -> {
        assertThat(send().failed()).isTrue();
        JsonObject described = new JsonObject();
        breaker.describe(described);
        assertThat(described.getJsonObject("breaker").getString("state")).isEqualTo("open");
        return rests.add(described.getJsonObject("breaker").getLong("nextTryMillis"));
      });
    }
    assertThat(rests).containsExactly(40L, 70L, 70L);
  }

  @Test
  void oneThatTriesAndIsCancelledMakesRoomForAnother() {
    policy.set(policy.get().withOpenFor(SHORT, LONG).withProbes(1));
    openIt();
    loop.until(() -> "half_open".equals(describedState()));
    service.hold();
    UpstreamRequest request = safe();
    Future<UpstreamResponse> cancelled = loop.on(() -> breaker.send(request));
    loop.fail(() -> {
      request.cancel(failure(FailureClass.CANCELLED, false));
      return cancelled;
    });
    assertThat(state()).isEqualTo("half_open");

    service.reset().answer(200);
    assertThat(loop.call(this::send).status()).isEqualTo(200);
    assertThat(state()).isEqualTo("closed");
  }

  @Test
  void callsFromBeforeItOpenedSayNothingAboutTheirServiceNow() {
    policy.set(policy.get().withOpenFor(SHORT, LONG).withProbes(1));
    service.hold();
    Future<UpstreamResponse> late = loop.on(this::send);
    openIt();
    loop.until(() -> "half_open".equals(describedState()));
    loop.call(() -> {
      service.held().answer(LayerLoop.response(500));
      return late;
    });
    assertThat(state()).isEqualTo("half_open");
  }

  @Test
  void switchedOffItLetsEverythingPass() {
    openIt();
    loop.on(() -> {
      policy.set(BreakerPolicy.OFF);
      return null;
    });
    service.answer(500);
    calls(100);
    assertThat(service.sent()).isEqualTo(120);
    assertThat(state()).isEqualTo("closed");
    // What failed meanwhile was not counted.
    loop.on(() -> {
      policy.set(BreakerPolicy.DEFAULT);
      return null;
    });
    calls(19);
    assertThat(state()).isEqualTo("closed");
  }
}

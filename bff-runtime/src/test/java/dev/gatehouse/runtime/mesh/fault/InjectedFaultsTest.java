package dev.gatehouse.runtime.mesh.fault;

import static dev.gatehouse.runtime.mesh.layer.LayerLoop.failure;
import static dev.gatehouse.runtime.mesh.layer.LayerLoop.request;
import static dev.gatehouse.runtime.mesh.layer.LayerLoop.safe;
import static dev.gatehouse.runtime.mesh.layer.LayerLoop.unsafe;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.dsl.graph.OperationSpec.Safety;
import dev.gatehouse.runtime.live.Live;
import dev.gatehouse.runtime.mesh.layer.LayerLoop;
import dev.gatehouse.runtime.mesh.layer.ScriptedUpstream;
import dev.gatehouse.runtime.policy.FaultPolicy;
import dev.gatehouse.runtime.policy.FaultPolicy.Abort;
import dev.gatehouse.runtime.policy.FaultPolicy.HeaderMatch;
import dev.gatehouse.runtime.policy.FaultPolicy.Rule;
import dev.gatehouse.runtime.upstream.FailureClass;
import dev.gatehouse.runtime.upstream.RequestOrigin;
import dev.gatehouse.runtime.upstream.UpstreamException;
import dev.gatehouse.runtime.upstream.UpstreamRequest;
import dev.gatehouse.runtime.upstream.UpstreamResponse;
import io.vertx.core.Future;
import io.vertx.core.http.HttpMethod;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class InjectedFaultsTest {
  private static final Instant NOW = Instant.parse("2026-05-03T10:00:00Z");

  private final LayerLoop loop = new LayerLoop();
  private final ScriptedUpstream service = new ScriptedUpstream().answer(200);
  private final Live<FaultPolicy> policy = new Live<>(FaultPolicy.OFF);
  private Instant now = NOW;
  private final Faults faults =
      loop.on(() -> new Faults(service, policy, loop.context(), () -> now));

  @AfterEach
  void nothingIsLeft() {
    loop.until(() -> loop.timers().size() == 0);
    loop.close();
  }

  private void inject(Rule... rules) {
    policy.set(new FaultPolicy(List.of(rules), NOW.plusSeconds(60)));
  }

  private static Rule abort(int status) {
    return new Rule(null, null, 100, Duration.ZERO, new Abort(status));
  }

  private UpstreamResponse call(UpstreamRequest request) {
    return loop.call(() -> faults.send(request));
  }

  private static UpstreamRequest withHeader(String name, String value) {
    return new UpstreamRequest(
        LayerLoop.operation(Safety.SAFE, false),
        HttpMethod.GET,
        "/things",
        List.of(),
        null,
        System.nanoTime() + TimeUnit.SECONDS.toNanos(10),
        new RequestOrigin() {
          @Override
          public String header(String asked) {
            return asked.equals(name) ? value : null;
          }

          @Override
          public String cookie(String asked) {
            return null;
          }

          @Override
          public String subject() {
            return null;
          }
        });
  }

  @Test
  void aHeaderAloneBringsNothingAbout() {
    assertThat(call(withHeader("x-chaos", "1")).status()).isEqualTo(200);
    assertThat(service.sent()).isEqualTo(1);
  }

  @Test
  void callsAreAbortedWithAStatus() {
    inject(abort(503));
    UpstreamResponse answer = call(safe());
    assertThat(answer.status()).isEqualTo(503);
    assertThat(answer.headers().get("gatehouse-fault")).isEqualTo("abort");
    assertThat(service.sent()).isZero();
    assertThat(loop.count("gatehouse.mesh.faults", "fault", "abort")).isEqualTo(1);
  }

  @Test
  void callsAreAbortedAsIfNobodyListened() {
    inject(new Rule(null, null, 100, Duration.ZERO, Abort.CONNECTION));
    UpstreamException failure = loop.fail(() -> faults.send(safe()));
    assertThat(failure.failureClass()).isEqualTo(FailureClass.UNREACHABLE);
    assertThat(failure)
        .hasMessage("catalog: GET /things: not connected: a fault that was injected");
  }

  @Test
  void callsAreDelayed() {
    inject(new Rule(null, null, 100, Duration.ofMillis(50), null));
    long before = System.nanoTime();
    assertThat(call(safe()).status()).isEqualTo(200);
    assertThat(System.nanoTime() - before).isGreaterThanOrEqualTo(50_000_000);
    assertThat(loop.count("gatehouse.mesh.faults", "fault", "delay")).isEqualTo(1);
  }

  @Test
  void callsAreDelayedAndThenAborted() {
    inject(new Rule(null, null, 100, Duration.ofMillis(20), new Abort(500)));
    assertThat(call(safe()).status()).isEqualTo(500);
    assertThat(service.sent()).isZero();
  }

  @Test
  void aDelayEndsAtTheDeadline() {
    inject(new Rule(null, null, 100, Duration.ofSeconds(60), null));
    UpstreamException failure =
        loop.fail(() -> faults.send(request(Safety.SAFE, false, Duration.ofMillis(40))));
    assertThat(failure.failureClass()).isEqualTo(FailureClass.TIMED_OUT);
    assertThat(service.sent()).isZero();
  }

  @Test
  void aDelayedCallCanBeCancelled() {
    inject(new Rule(null, null, 100, Duration.ofSeconds(60), null));
    UpstreamRequest request = safe();
    UpstreamException reason = failure(FailureClass.CANCELLED, false);
    assertThat(loop.fail(() -> {
          Future<UpstreamResponse> answer = faults.send(request);
          request.cancel(reason);
          return answer;
        }))
        .isSameAs(reason);
  }

  @Test
  void onlyTheShareOfCallsIsHit() {
    inject(new Rule(null, null, 20, Duration.ZERO, new Abort(503)));
    loop.on(() -> {
      for (int i = 0; i < 1000; i++) {
        faults.send(safe());
      }
      return null;
    });
    assertThat(service.sent()).isBetween(750, 850);
  }

  @Test
  void onlyCallsThatFitARuleAreHit() {
    inject(
        new Rule("POST /things", null, 100, Duration.ZERO, new Abort(501)),
        new Rule(null, new HeaderMatch("x-chaos", "1"), 100, Duration.ZERO, new Abort(502)));
    assertThat(call(unsafe()).status()).isEqualTo(501);
    assertThat(call(safe()).status()).isEqualTo(200);
    assertThat(call(withHeader("x-chaos", "2")).status()).isEqualTo(200);
    assertThat(call(withHeader("x-chaos", "1")).status()).isEqualTo(502);
  }

  @Test
  void faultsEndByThemselves() {
    inject(abort(503));
    assertThat(call(safe()).status()).isEqualTo(503);
    now = NOW.plusSeconds(60);
    assertThat(call(safe()).status()).isEqualTo(200);
  }
}

package dev.gatehouse.runtime.mesh.cache;

import static dev.gatehouse.runtime.mesh.layer.LayerLoop.response;
import static dev.gatehouse.runtime.mesh.layer.LayerLoop.safe;
import static dev.gatehouse.runtime.mesh.layer.LayerLoop.unsafe;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.dsl.graph.OperationSpec.Safety;
import dev.gatehouse.runtime.discovery.Endpoint;
import dev.gatehouse.runtime.live.Live;
import dev.gatehouse.runtime.mesh.layer.LayerLoop;
import dev.gatehouse.runtime.mesh.layer.ScriptedUpstream;
import dev.gatehouse.runtime.policy.CachePolicy;
import dev.gatehouse.runtime.policy.FaultPolicy;
import dev.gatehouse.runtime.upstream.FailureClass;
import dev.gatehouse.runtime.upstream.UpstreamException;
import dev.gatehouse.runtime.upstream.UpstreamRequest;
import dev.gatehouse.runtime.upstream.UpstreamResponse;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Who waits for one call, and who must not: callers never pay for what others do. */
class SharedCallsTest {
  private static final UpstreamException GONE =
      new UpstreamException(FailureClass.CANCELLED, "gone");

  private final LayerLoop loop = new LayerLoop();
  private final LayerLoop another = new LayerLoop();
  private final ScriptedUpstream service = new ScriptedUpstream();
  private final Live<CachePolicy> policy = new Live<>(CachePolicy.DEFAULT);
  private final Live<FaultPolicy> faults = new Live<>(FaultPolicy.OFF);
  private final AnswerStore store = new AnswerStore(1 << 20);
  private final Caching cache = cache(loop, service);

  private Caching cache(LayerLoop where, ScriptedUpstream what) {
    return where.on(() ->
        new Caching(what, policy, faults, where.context(), store, null, InstantSource.system()));
  }

  @AfterEach
  void nothingIsLeft() {
    loop.on(() -> {
      assertThat(loop.timers().size()).as("timers left").isZero();
      return null;
    });
    loop.close();
    another.close();
  }

  @Test
  void whoCancelsAnotherThatWaitsLeavesTheRestToBeTold() {
    service.hold();
    loop.on(() -> {
      UpstreamRequest second = safe();
      Future<UpstreamResponse> first = cache.send(safe());
      Future<UpstreamResponse> cancelled = cache.send(second);
      Future<UpstreamResponse> third = cache.send(safe());
      first.onComplete(told -> second.cancel(GONE));

      service.held().answer(response(200));

      assertThat(first.result().status()).isEqualTo(200);
      assertThat(cancelled.cause()).isSameAs(GONE);
      assertThat(third.result().status()).isEqualTo(200);
      return null;
    });
  }

  @Test
  void whatGoesWrongInWhoIsToldDoesNotKeepTheOthersFromIt() {
    service.hold();
    loop.on(() -> {
      Future<UpstreamResponse> first = cache.send(safe());
      Future<UpstreamResponse> second = cache.send(safe());
      first.onComplete(told -> {
        throw new IllegalStateException("not well made");
      });

      service.held().answer(response(200));

      assertThat(second.result().status()).isEqualTo(200);
      return null;
    });
  }

  @Test
  void afterAChangeNobodyJoinsACallThatBeganBeforeItOnAnyEventLoop() {
    ScriptedUpstream slow = new ScriptedUpstream().hold();
    Caching elsewhere = cache(another, slow);
    Future<UpstreamResponse> before = another.on(() -> elsewhere.send(safe()));
    service.answer(204);
    loop.call(() -> cache.send(unsafe()));

    Future<UpstreamResponse> after = another.on(() -> elsewhere.send(safe()));

    another.on(() -> {
      assertThat(slow.sent()).isEqualTo(2);
      slow.held().answer(response(200, "x", "old"));
      slow.held().answer(response(200, "x", "new"));
      return null;
    });
    assertThat(LayerLoop.await(before).headers().get("x")).isEqualTo("old");
    assertThat(LayerLoop.await(after).headers().get("x")).isEqualTo("new");
  }

  @Test
  void whoHasMuchMoreTimeDoesNotWaitForAHurriedCall() {
    service.hold();
    Future<UpstreamResponse> hurried =
        loop.on(() -> cache.send(LayerLoop.request(Safety.SAFE, false, Duration.ofSeconds(20))));
    Future<UpstreamResponse> patient =
        loop.on(() -> cache.send(LayerLoop.request(Safety.SAFE, false, Duration.ofSeconds(50))));
    Future<UpstreamResponse> alike =
        loop.on(() -> cache.send(LayerLoop.request(Safety.SAFE, false, Duration.ofSeconds(45))));
    loop.on(() -> {
      assertThat(service.sent()).isEqualTo(2);
      service.held().answer(response(503));
      assertThat(hurried.result().status()).isEqualTo(503);
      assertThat(patient.isComplete()).isFalse();
      service.held().answer(response(200));
      assertThat(patient.result().status()).isEqualTo(200);
      assertThat(alike.result().status()).isEqualTo(200);
      return null;
    });
  }

  @Test
  void nothingIsSharedWhereAFaultIsMeantForSomeCallers() {
    service.hold();
    faults.set(new FaultPolicy(
        List.of(new FaultPolicy.Rule(
            null,
            new FaultPolicy.HeaderMatch("x-chaos", "on"),
            100,
            Duration.ofMillis(100),
            new FaultPolicy.Abort(503))),
        null));
    loop.on(() -> {
      cache.send(safe());
      cache.send(safe());
      assertThat(service.sent()).isEqualTo(2);
      service.held().answer(response(200));
      service.held().answer(response(200));
      return null;
    });
  }

  @Test
  void anAnswerThatMayNoLongerBeKeptTakesTheOldOneWithIt() {
    policy.set(CachePolicy.DEFAULT.withStored(true));
    service
        .answer(200, "cache-control", "max-age=0, stale-if-error=1000", "etag", "\"a\"")
        .answer(304, "cache-control", "no-store", "etag", "\"a\"")
        .answer(503);
    loop.call(() -> cache.send(safe()));
    loop.call(() -> cache.send(safe()));

    assertThat(loop.call(() -> cache.send(safe())).status()).isEqualTo(503);
  }

  @Test
  void aChangeMadeWhileNothingIsKeptCountsWhenSomethingIsKeptAgain() {
    CachePolicy keeping = CachePolicy.DEFAULT.withStored(true);
    policy.set(keeping);
    service.answer(200, "cache-control", "max-age=3600").answer(204).answer(200, "x", "new");
    loop.call(() -> cache.send(safe()));
    loop.on(() -> {
      policy.set(CachePolicy.OFF);
      return null;
    });
    loop.call(() -> cache.send(unsafe()));
    loop.on(() -> {
      policy.set(keeping);
      return null;
    });

    assertThat(loop.call(() -> cache.send(safe())).headers().get("x")).isEqualTo("new");
  }

  @Test
  void placesThatAnAnswerNamesAreThoseOfItsServiceHoweverItWritesThem() {
    UpstreamRequest called = unsafe();
    String path = called.uri();
    called.endpoint(Endpoint.parse("http://pricing:8080/api"));

    assertThat(Places.of("/api/orders/5?full", called)).isEqualTo("/orders/5?full");
    assertThat(Places.of("http://pricing:8080/api/orders/5", called)).isEqualTo("/orders/5");
    assertThat(Places.of("orders/5", called))
        .isEqualTo(path.substring(0, path.lastIndexOf('/') + 1) + "orders/5");
    for (String other : new String[] {
      null,
      "http://pricing:8081/api/orders/5",
      "//elsewhere/api/orders/5",
      "/orders/5",
      "http://[",
      "mailto:a"
    }) {
      assertThat(Places.of(other, called)).as(other).isNull();
    }
  }
}

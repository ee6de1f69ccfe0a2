package dev.gatehouse.runtime.mesh.balance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.gatehouse.runtime.discovery.Endpoint;
import dev.gatehouse.runtime.discovery.ServiceInstance;
import dev.gatehouse.runtime.discovery.ServiceInstance.State;
import dev.gatehouse.runtime.discovery.TestEndpoints;
import dev.gatehouse.runtime.live.Live;
import dev.gatehouse.runtime.mesh.layer.LayerLoop;
import dev.gatehouse.runtime.policy.BalancePolicy;
import dev.gatehouse.runtime.policy.BalancePolicy.Algorithm;
import dev.gatehouse.runtime.policy.BalancePolicy.HashKey;
import dev.gatehouse.runtime.policy.BalancePolicy.HashKey.Source;
import dev.gatehouse.runtime.policy.HealthCheckPolicy;
import dev.gatehouse.runtime.policy.OutlierPolicy;
import dev.gatehouse.runtime.policy.ServicePolicy;
import dev.gatehouse.runtime.upstream.FailureClass;
import dev.gatehouse.runtime.upstream.RequestOrigin;
import dev.gatehouse.runtime.upstream.UpstreamRequest;
import dev.gatehouse.runtime.upstream.UpstreamRequest.Route;
import dev.gatehouse.runtime.upstream.UpstreamResponse;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.slf4j.LoggerFactory;

/** Which instances are called, as sources, calls and checks tell of them. */
class BalancedCallsTest {
  private final LayerLoop loop = new LayerLoop();
  private final TestEndpoints told = new TestEndpoints("catalog");
  private final Live<ServicePolicy> policy = new Live<>(ServicePolicy.DEFAULT);
  private final Set<Endpoint> failing = new HashSet<>();
  /** Calls of those instances are answered when a test says so. */
  private final Map<Endpoint, List<Promise<UpstreamResponse>>> held = new HashMap<>();

  private @Nullable BalancedCalls made;

  @AfterEach
  void close() {
    BalancedCalls calls = made;
    if (calls != null) {
      loop.call(calls::close);
    }
    loop.close();
  }

  private BalancedCalls calls() {
    BalancedCalls known = made;
    if (known == null) {
      known = loop.on(() -> new BalancedCalls(
          told.endpoints(), ShopInstances.clients(this::answer), policy, loop.context()));
      made = known;
    }
    return known;
  }

  private Future<UpstreamResponse> answer(UpstreamRequest request) {
    List<Promise<UpstreamResponse>> waiting = held.get(request.endpoint());
    if (waiting != null) {
      Promise<UpstreamResponse> later = Promise.promise();
      waiting.add(later);
      return later.future();
    }
    return Future.succeededFuture(
        LayerLoop.response(failing.contains(request.endpoint()) ? 503 : 200));
  }

  private void tell(ServiceInstance... instances) {
    loop.on(() -> {
      told.tell(instances);
      return null;
    });
  }

  private void set(UnaryOperator<ServicePolicy> change) {
    loop.on(() -> {
      policy.set(change.apply(policy.get()));
      return null;
    });
  }

  /** Where one call goes. */
  private Endpoint call(UpstreamRequest request) {
    BalancedCalls calls = calls();
    loop.call(() -> calls.send(request));
    return request.endpoint();
  }

  private Map<Endpoint, Integer> call(int times) {
    Map<Endpoint, Integer> counts = new HashMap<>();
    BalancedCalls calls = calls();
    loop.on(() -> {
      for (int i = 0; i < times; i++) {
        UpstreamRequest request = request("/things/" + i, RequestOrigin.NONE);
        calls.send(request);
        counts.merge(request.endpoint(), 1, Integer::sum);
      }
      return null;
    });
    return counts;
  }

  private static ServiceInstance ready(int number) {
    return ShopInstances.told(number, 1, "", Map.of(), State.READY);
  }

  private static ServiceInstance inZone(int number, String zone) {
    return ShopInstances.told(number, 1, zone, Map.of(), State.READY);
  }

  private static ServiceInstance version(int number, String version) {
    return ShopInstances.told(number, 1, "", Map.of("version", version), State.READY);
  }

  private static ServiceInstance in(State state, int number) {
    return ShopInstances.told(number, 1, "", Map.of(), state);
  }

  private static Endpoint at(int number) {
    return ShopInstances.endpoint(number);
  }

  @ParameterizedTest
  @EnumSource
  void everyAlgorithmCallsAllThatMayBeCalledAndNoOther(Algorithm algorithm) {
    set(all -> all.withBalance(BalancePolicy.DEFAULT.withAlgorithm(algorithm)));
    tell(
        ready(1),
        ready(2),
        in(State.DRAINING, 3),
        in(State.NOT_READY, 4),
        ShopInstances.told(5, 0, "", Map.of(), State.READY));
    BalancedCalls calls = calls();

    Set<Endpoint> seen = new HashSet<>();
    for (int i = 0; i < 200; i++) {
      seen.add(call(request("/things/" + i, RequestOrigin.NONE)));
    }

    assertThat(seen).containsExactlyInAnyOrder(at(1), at(2));
    assertThat(calls).isNotNull();
  }

  @Test
  void thoseThatAreGoingAwayAreCalledOnlyWhereNobodyElseIsLeft() {
    tell(in(State.DRAINING, 1), in(State.NOT_READY, 2));

    assertThat(call(20)).containsOnlyKeys(at(1));
  }

  @Test
  void withoutAnyInstanceCallsAreRefusedAndSayWhy() {
    BalancedCalls calls = calls();
    assertThat(loop.fail(() -> calls.send(LayerLoop.safe())).getMessage())
        .isEqualTo("catalog: GET /things: not sent, no endpoint is known");

    tell(in(State.NOT_READY, 1));
    assertThat(loop.fail(() -> calls.send(LayerLoop.safe())))
        .hasMessage("catalog: GET /things: not sent, none of 1 instances takes calls")
        .extracting("failureClass")
        .isEqualTo(FailureClass.REFUSED);
    assertThat(loop.count("gatehouse.mesh.unroutable")).isEqualTo(2);
  }

  @Test
  void failuresInARowEjectAnInstanceUntilItsTimeIsOver() {
    set(all -> all.withOutlier(OutlierPolicy.DEFAULT.withConsecutiveFailures(3)));
    tell(ready(1), ready(2), ready(3));
    failing.add(at(2));

    assertThat(call(60).get(at(2))).isEqualTo(3);
    assertThat(loop.gauge("gatehouse.mesh.instances.ejected")).isEqualTo(1);
    assertThat(loop.count("gatehouse.mesh.ejections", "reason", "consecutive")).isEqualTo(1);

    loop.turn(OutlierPolicy.DEFAULT.ejectFor());
    assertThat(call(60).get(at(2))).as("its first failure ejects it again").isEqualTo(1);
    loop.turn(OutlierPolicy.DEFAULT.ejectFor());
    assertThat(call(60)).as("for twice as long").doesNotContainKey(at(2));

    failing.clear();
    loop.turn(OutlierPolicy.DEFAULT.ejectFor());
    assertThat(call(60).get(at(2))).isGreaterThan(3);
    assertThat(loop.gauge("gatehouse.mesh.instances.ejected")).isZero();
  }

  @ParameterizedTest
  @EnumSource
  void anInstanceThatComesBackHasFewCallsAtOnceUntilOneSucceeds(Algorithm algorithm) {
    set(all -> all.withBalance(BalancePolicy.DEFAULT.withAlgorithm(algorithm))
        .withOutlier(OutlierPolicy.DEFAULT.withConsecutiveFailures(1).withProbes(2)));
    tell(ready(1), ready(2), ready(3));
    failing.add(at(2));
    call(60);
    loop.turn(OutlierPolicy.DEFAULT.ejectFor());
    held.put(at(2), new ArrayList<>());

    call(200);
    assertThat(held.get(at(2))).hasSizeBetween(1, 2);
    assertThat(stateOf(2)).isEqualTo("on-trial");
    assertThat(loop.gauge("gatehouse.mesh.instances.on_trial")).isEqualTo(1);

    answerHeld(2, 503);
    assertThat(stateOf(2)).isEqualTo("ejected");
    assertThat(loop.gauge("gatehouse.mesh.instances.on_trial")).isZero();
    loop.turn(OutlierPolicy.DEFAULT.ejectFor().multipliedBy(2));
    call(200);
    answerHeld(2, 200);
    assertThat(stateOf(2)).isEqualTo("ready");
    assertThat(loop.gauge("gatehouse.mesh.instances.on_trial")).isZero();
    held.clear();
    failing.clear();
    assertThat(call(200).get(at(2))).isGreaterThan(2);
  }

  @Test
  void ejectionsAreLoggedOncePerSecondAtMost() {
    Logger logger = (Logger) LoggerFactory.getLogger(Outliers.class);
    ListAppender<ILoggingEvent> logged = new ListAppender<>();
    logged.start();
    logger.addAppender(logged);
    try {
      set(all -> all.withOutlier(
          OutlierPolicy.DEFAULT.withConsecutiveFailures(1).withMaxEjectedPercent(100)));
      tell(ready(1), ready(2), ready(3), ready(4));
      failing.addAll(Set.of(at(1), at(2)));
      call(60);
      loop.turn(Duration.ofSeconds(1));
      failing.add(at(3));
      call(60);
    } finally {
      logger.detachAppender(logged);
    }

    assertThat(logged.list)
        .extracting(ILoggingEvent::getFormattedMessage)
        .satisfiesExactly(
            first -> assertThat(first)
                .startsWith("instance is ejected: service=catalog instance=http://10.0.0.")
                .endsWith(
                    " for_ms=10000 because=\"failures in a row\" ejected=1 instances=4 not_told_before=0"),
            second -> assertThat(second).contains(at(3).toString()).endsWith("not_told_before=1"));
  }

  @Test
  void whereEjectionIsTurnedOffNobodyIsOnTrial() {
    set(all -> all.withBalance(BalancePolicy.DEFAULT.withAlgorithm(Algorithm.ROUND_ROBIN))
        .withOutlier(OutlierPolicy.DEFAULT.withConsecutiveFailures(1)));
    tell(ready(1), ready(2), ready(3));
    failing.add(at(2));
    call(60);
    loop.turn(OutlierPolicy.DEFAULT.ejectFor());
    held.put(at(2), new ArrayList<>());
    call(60);
    assertThat(held.get(at(2))).hasSize(1);

    set(all -> all.withOutlier(OutlierPolicy.OFF));
    call(60);

    assertThat(held.get(at(2))).hasSizeGreaterThan(10);
    assertThat(loop.gauge("gatehouse.mesh.instances.on_trial")).isZero();
    answerHeld(2, 200);
  }

  private String stateOf(int number) {
    BalancedCalls calls = calls();
    JsonObject described = loop.on(() -> {
      JsonObject into = new JsonObject();
      calls.describe(into);
      return into;
    });
    return described.getJsonArray("instances").stream()
        .map(JsonObject.class::cast)
        .filter(one -> one.getString("endpoint").equals(at(number).toString()))
        .findFirst()
        .orElseThrow()
        .getString("state");
  }

  private void answerHeld(int number, int status) {
    loop.on(() -> {
      List<Promise<UpstreamResponse>> all = held.get(at(number));
      all.forEach(each -> each.complete(LayerLoop.response(status)));
      all.clear();
      return null;
    });
  }

  @Test
  void neverMoreThanTheShareAllowedAreEjected() {
    set(all ->
        all.withOutlier(OutlierPolicy.DEFAULT.withMaxEjectedPercent(30).withPanicPercent(0)));
    List<ServiceInstance> all = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      all.add(ready(i));
      failing.add(at(i));
    }
    tell(all.toArray(ServiceInstance[]::new));

    call(1000);

    assertThat(loop.gauge("gatehouse.mesh.instances.ejected")).isEqualTo(3);
    assertThat(loop.count("gatehouse.mesh.ejections.withheld")).isPositive();
  }

  @Test
  void ejectedInstancesThatAreGoneMakeRoomForOthers() {
    set(all -> all.withOutlier(OutlierPolicy.DEFAULT
        .withConsecutiveFailures(2)
        .withMaxEjectedPercent(50)
        .withPanicPercent(0)));
    tell(ready(1), ready(2));
    failing.addAll(Set.of(at(1), at(3)));
    call(50);
    assertThat(call(10)).containsOnlyKeys(at(2));

    tell(ready(2), ready(3));
    call(50);

    assertThat(call(10)).containsOnlyKeys(at(2));
    assertThat(loop.gauge("gatehouse.mesh.instances.ejected")).isEqualTo(1);
  }

  @Test
  void ejectionThatIsTurnedOffLetsAllBackAtOnce() {
    set(all -> all.withOutlier(OutlierPolicy.DEFAULT.withConsecutiveFailures(2)));
    tell(ready(1), ready(2));
    failing.add(at(1));
    call(50);
    assertThat(call(50)).containsOnlyKeys(at(2));

    set(all -> all.withOutlier(OutlierPolicy.OFF));

    assertThat(call(50)).containsOnlyKeys(at(1), at(2));
    assertThat(loop.gauge("gatehouse.mesh.instances.ejected")).isZero();
  }

  @Test
  void amongThousandsWhatIsNoLongerFitIsPassedOverAtOnceAndWhatIsNewComesAMomentLater() {
    set(all -> all.withOutlier(OutlierPolicy.DEFAULT.withConsecutiveFailures(1))
        .withBalance(BalancePolicy.DEFAULT.withAlgorithm(Algorithm.RANDOM)));
    List<ServiceInstance> all = new ArrayList<>();
    for (int i = 0; i < 2000; i++) {
      all.add(ready(i));
    }
    tell(all.toArray(ServiceInstance[]::new));
    call(1);
    List<ServiceInstance> next = new ArrayList<>(all.subList(600, 2000));
    for (int i = 600; i < 1400; i++) {
      next.set(i - 600, in(i % 2 == 0 ? State.NOT_READY : State.DRAINING, i));
    }
    next.add(ready(2001));
    next.add(ready(2002));
    tell(next.toArray(ServiceInstance[]::new));

    assertThat(call(5000).keySet()).allSatisfy(one -> {
      int number = numberOf(one);
      assertThat(number).isBetween(1400, 2002);
    });
    loop.turn(Duration.ofSeconds(1));
    assertThat(call(20_000)).containsKeys(at(2001), at(2002));
  }

  private static int numberOf(Endpoint endpoint) {
    String[] parts = endpoint.host().split("\\.");
    return Integer.parseInt(parts[2]) * 250 + Integer.parseInt(parts[3]);
  }

  @ParameterizedTest
  @EnumSource
  void thousandsThatAllGoAtOnceAreNeverCalledAgain(Algorithm algorithm) {
    set(all -> all.withBalance(BalancePolicy.DEFAULT.withAlgorithm(algorithm)));
    List<ServiceInstance> all = new ArrayList<>();
    for (int i = 0; i < 1000; i++) {
      all.add(ready(i));
    }
    tell(all.toArray(ServiceInstance[]::new));
    call(10);

    tell(ready(1001));
    assertThat(call(50)).containsOnlyKeys(at(1001));

    tell();
    assertThat(loop.fail(() -> calls().send(LayerLoop.safe())))
        .hasMessageContaining("no endpoint is known");
  }

  @Test
  void anInstanceThatFailsFastIsNotTakenForAFastOne() {
    set(all -> all.withOutlier(OutlierPolicy.OFF)
        .withBalance(BalancePolicy.DEFAULT.withAlgorithm(Algorithm.PEAK_EWMA)));
    tell(ready(1), ready(2));
    failing.add(at(1));
    BalancedCalls calls = loop.on(() -> new BalancedCalls(
        told.endpoints(),
        ShopInstances.clientsByEndpoint(endpoint -> {
          loop.turn(failing.contains(endpoint) ? Duration.ofMillis(2) : Duration.ofMillis(50));
          return healthOf(endpoint);
        }),
        policy,
        loop.context()));

    Map<Endpoint, Integer> counts = new HashMap<>();
    for (int i = 0; i < 1000; i++) {
      UpstreamRequest request = LayerLoop.safe();
      loop.call(() -> calls.send(request));
      counts.merge(request.endpoint(), 1, Integer::sum);
    }

    assertThat(counts.getOrDefault(at(1), 0)).isLessThan(100);
    loop.call(calls::close);
  }

  @Test
  void theOnlyInstanceIsNeverEjected() {
    tell(ready(1));
    failing.add(at(1));

    assertThat(call(100)).containsEntry(at(1), 100);
  }

  @Test
  void whereFewAreWellAllAreCalled() {
    set(all ->
        all.withOutlier(OutlierPolicy.DEFAULT.withMaxEjectedPercent(100).withPanicPercent(50)));
    tell(ready(1), ready(2), ready(3), ready(4));
    failing.addAll(Set.of(at(1), at(2), at(3)));

    call(200);

    assertThat(call(200)).hasSize(4);
    assertThat(loop.count("gatehouse.mesh.panics")).isPositive();
  }

  @Test
  void aSuccessRateFarBelowTheOthersEjects() {
    set(all -> all.withOutlier(OutlierPolicy.DEFAULT.withConsecutiveFailures(1000)));
    List<ServiceInstance> all = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      all.add(ready(i));
    }
    tell(all.toArray(ServiceInstance[]::new));
    failing.add(at(4));

    call(6000);
    loop.turn(OutlierPolicy.DEFAULT.interval());

    assertThat(call(600)).hasSize(5).doesNotContainKey(at(4));
    assertThat(loop.count("gatehouse.mesh.ejections", "reason", "success_rate")).isEqualTo(1);
  }

  @Test
  void whatTheClientRefusesItselfSaysNothingAboutAnInstance() {
    tell(ready(1), ready(2));
    BalancedCalls calls = loop.on(() -> new BalancedCalls(
        told.endpoints(),
        ShopInstances.clients(
            request -> Future.failedFuture(LayerLoop.failure(FailureClass.REFUSED, true))),
        policy,
        loop.context()));
    for (int i = 0; i < 50; i++) {
      loop.fail(() -> calls.send(LayerLoop.safe()));
    }

    assertThat(loop.gauge("gatehouse.mesh.instances.ejected")).isZero();
    loop.call(calls::close);
  }

  @Test
  void theOwnZoneIsPreferredAsLongAsEnoughOfItIsWell() {
    set(all -> all.withBalance(BalancePolicy.DEFAULT.withZone("a"))
        .withOutlier(OutlierPolicy.DEFAULT.withMaxEjectedPercent(100).withPanicPercent(0)));
    tell(
        inZone(1, "a"),
        inZone(2, "a"),
        inZone(3, "a"),
        inZone(4, "a"),
        inZone(5, "b"),
        inZone(6, "c"));

    assertThat(call(200)).containsOnlyKeys(at(1), at(2), at(3), at(4));

    failing.addAll(Set.of(at(1), at(2)));
    call(100);
    Map<Endpoint, Integer> spilled = call(10_000);
    double far = spilled.get(at(5)) + spilled.get(at(6));
    assertThat(far / 10_000).as("1.4 times half of the zone stays").isCloseTo(0.3, within(0.03));
  }

  @Test
  void aZoneWithoutInstancesIsNoReasonToRefuse() {
    set(all -> all.withBalance(BalancePolicy.DEFAULT.withZone("z")));
    tell(inZone(1, "a"), inZone(2, "b"));

    assertThat(call(100)).hasSize(2);
  }

  @Test
  void aSubsetIsKeptToAndRefusedWhereEmptyUnlessThePolicySaysOtherwise() {
    tell(version(1, "v1"), version(2, "v1"), version(3, "v2"));
    UpstreamRequest toV2 = LayerLoop.safe();
    toV2.route(new Route(Map.of("version", "v2"), null));
    assertThat(call(toV2)).isEqualTo(at(3));

    BalancedCalls calls = calls();
    UpstreamRequest toV3 = LayerLoop.safe();
    toV3.route(new Route(Map.of("version", "v3"), null));
    assertThat(loop.fail(() -> calls.send(toV3)))
        .hasMessage("catalog: GET /things: not sent, no instance has the labels {version=v3}");

    set(all -> all.withBalance(BalancePolicy.DEFAULT.withAnyForEmptySubset(true)));
    assertThat(call(toV3)).isNotNull();
  }

  @Test
  void aKeyKeepsItsInstanceWhileThatIsWellAndReturnsToIt() {
    set(all -> all.withBalance(BalancePolicy.DEFAULT
            .withAlgorithm(Algorithm.MAGLEV)
            .withKey(new HashKey(Source.COOKIE, "cart")))
        .withOutlier(OutlierPolicy.DEFAULT.withConsecutiveFailures(1)));
    tell(ready(1), ready(2), ready(3));
    Endpoint home = call(request("/a", cart("c7")));
    assertThat(call(request("/b", cart("c7")))).isEqualTo(home);

    failing.add(home);
    call(request("/c", cart("c7")));
    Endpoint other = call(request("/d", cart("c7")));
    assertThat(other).isNotEqualTo(home);
    assertThat(call(request("/e", cart("c7")))).isEqualTo(other);

    failing.clear();
    loop.turn(OutlierPolicy.DEFAULT.ejectFor());
    assertThat(call(request("/f", cart("c7")))).isEqualTo(home);
  }

  @Test
  void aFurtherAttemptGoesElsewhereWhereThereIsAnElsewhere() {
    tell(ready(1), ready(2));
    for (int i = 0; i < 50; i++) {
      UpstreamRequest request = LayerLoop.safe();
      request.avoid(at(1));
      assertThat(call(request)).isEqualTo(at(2));
    }
    UpstreamRequest both = LayerLoop.safe();
    both.avoid(at(1));
    both.avoid(at(2));
    assertThat(call(both)).isNotNull();
  }

  @ParameterizedTest
  @EnumSource
  void anInstanceThatComesStartsSlowlyAndOneThatWasThereFromTheStartDoesNot(Algorithm algorithm) {
    set(all -> all.withBalance(
        BalancePolicy.DEFAULT.withAlgorithm(algorithm).withSlowStart(Duration.ofSeconds(10))));
    tell(ready(1), ready(2));
    call(1);
    tell(ready(1), ready(2), ready(3));

    int atFirst = call(3000).getOrDefault(at(3), 0);
    loop.turn(Duration.ofSeconds(5));
    int halfway = call(3000).getOrDefault(at(3), 0);
    loop.turn(Duration.ofSeconds(5));
    int inFull = call(3000).getOrDefault(at(3), 0);

    assertThat(atFirst).isBetween(1, 300);
    assertThat(halfway).isBetween(atFirst + 100, 900);
    assertThat(inFull).isBetween(800, 1200);
  }

  @Test
  void checksTakeAnInstanceOutAndBringItBack() {
    set(all -> all.withHealthCheck(
        HealthCheckPolicy.OFF.withPath("/health").withInterval(Duration.ofMillis(100))));
    tell(ready(1), ready(2), ready(3));
    failing.add(at(2));
    BalancedCalls calls = loop.on(() -> new BalancedCalls(
        told.endpoints(), ShopInstances.clientsByEndpoint(this::healthOf), policy, loop.context()));

    loop.until(() -> loop.gauge("gatehouse.mesh.instances.unhealthy") == 1);
    loop.on(() -> {
      for (int i = 0; i < 50; i++) {
        UpstreamRequest request = LayerLoop.safe();
        calls.send(request);
        assertThat(request.endpoint()).isNotEqualTo(at(2));
      }
      failing.clear();
      return null;
    });
    loop.until(() -> loop.gauge("gatehouse.mesh.instances.unhealthy") == 0);
    loop.call(calls::close);
  }

  @Test
  void anUnhealthyInstanceThatGoesIsCountedNoMore() {
    set(all -> all.withHealthCheck(
        HealthCheckPolicy.OFF.withPath("/health").withInterval(Duration.ofMillis(100))));
    tell(ready(1), ready(2));
    failing.add(at(2));
    BalancedCalls calls = loop.on(() -> new BalancedCalls(
        told.endpoints(), ShopInstances.clientsByEndpoint(this::healthOf), policy, loop.context()));
    loop.until(() -> loop.gauge("gatehouse.mesh.instances.unhealthy") == 1);

    tell(ready(1));

    loop.until(() -> loop.gauge("gatehouse.mesh.instances.unhealthy") == 0);
    loop.call(calls::close);
    assertThat(loop.gauge("gatehouse.mesh.instances.unhealthy")).isZero();
  }

  private Future<UpstreamResponse> healthOf(Endpoint endpoint) {
    return Future.succeededFuture(LayerLoop.response(failing.contains(endpoint) ? 503 : 204));
  }

  @Test
  void anInstanceKeepsWhatIsKnownOfItWhenOthersComeAndGo() {
    set(all -> all.withOutlier(OutlierPolicy.DEFAULT.withConsecutiveFailures(2)));
    tell(ready(1), ready(2), ready(3));
    failing.add(at(2));
    call(50);

    tell(ready(2), ready(3), ready(4));

    assertThat(call(100)).containsOnlyKeys(at(3), at(4));
  }

  @Test
  void operatorsSeeInstancesAndWhyOneWouldBeChosen() {
    set(all -> all.withOutlier(OutlierPolicy.DEFAULT.withConsecutiveFailures(2)));
    tell(ready(1), ready(2), in(State.NOT_READY, 3));
    failing.add(at(2));
    call(50);
    BalancedCalls calls = calls();
    JsonObject described = new JsonObject();
    JsonObject explained = new JsonObject();

    loop.on(() -> {
      calls.describe(described);
      calls.explain(LayerLoop.safe(), explained);
      return null;
    });

    assertThat(described.getJsonArray("instances"))
        .extracting(one -> ((JsonObject) one).getString("state"))
        .containsExactlyInAnyOrder("ready", "ejected", "not-ready");
    JsonObject choice = explained.getJsonObject("balance");
    assertThat(choice.getJsonArray("oneOf")).containsExactly(at(1).toString());
    assertThat(choice.getJsonObject("excluded").getMap())
        .containsEntry("ejected", 1)
        .containsEntry("not ready", 1);
  }

  @Test
  void whyAKeyGoesWhereItGoesIsToldWithItsChanceWhileAnInstanceStartsSlowly() {
    set(all -> all.withBalance(BalancePolicy.DEFAULT
        .withAlgorithm(Algorithm.RING_HASH)
        .withKey(new HashKey(Source.COOKIE, "cart"))
        .withSlowStart(Duration.ofSeconds(10))));
    tell(ready(1));
    call(1);
    tell(ready(1), ready(2));
    loop.turn(Duration.ofSeconds(4));
    UpstreamRequest ofNew = keyOf(at(2));

    JsonObject slow = explained(ofNew);
    assertThat(slow.getString("endpoint")).isEqualTo(at(2).toString());
    assertThat(slow.getDouble("chance")).isEqualTo(0.4);
    assertThat(slow.getString("otherwise")).isEqualTo(at(1).toString());
    assertThat(explained(ofNew)).as("whoever asks again").isEqualTo(slow);

    loop.turn(Duration.ofSeconds(6));
    JsonObject inFull = explained(ofNew);
    assertThat(inFull.getString("endpoint")).isEqualTo(at(2).toString());
    assertThat(inFull.getMap()).doesNotContainKeys("chance", "otherwise");
  }

  /** A call whose key belongs to an instance. */
  private UpstreamRequest keyOf(Endpoint home) {
    for (int i = 0; ; i++) {
      UpstreamRequest request = request("/a", cart("c" + i));
      if (home.toString().equals(explained(request).getString("endpoint"))) {
        return request;
      }
    }
  }

  private JsonObject explained(UpstreamRequest request) {
    BalancedCalls calls = calls();
    return loop.on(() -> {
      JsonObject into = new JsonObject();
      calls.explain(request, into);
      return into.getJsonObject("balance");
    });
  }

  private static UpstreamRequest request(String uri, RequestOrigin origin) {
    UpstreamRequest like = LayerLoop.safe();
    return new UpstreamRequest(
        like.operation(), like.method(), uri, List.of(), null, like.deadlineNanos(), origin);
  }

  private static RequestOrigin cart(String value) {
    return new RequestOrigin() {
      @Override
      public @Nullable String header(String name) {
        return null;
      }

      @Override
      public @Nullable String cookie(String name) {
        return name.equals("cart") ? value : null;
      }

      @Override
      public @Nullable String subject() {
        return null;
      }
    };
  }
}

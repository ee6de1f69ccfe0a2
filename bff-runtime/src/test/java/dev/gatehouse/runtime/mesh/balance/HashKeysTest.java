package dev.gatehouse.runtime.mesh.balance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.dsl.graph.OperationSpec.Safety;
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
import dev.gatehouse.runtime.policy.ServicePolicy;
import dev.gatehouse.runtime.upstream.RequestOrigin;
import dev.gatehouse.runtime.upstream.UpstreamRequest;
import dev.gatehouse.runtime.upstream.UpstreamResponse;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.http.HttpMethod;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What of a call decides, with algorithms that keep a key at its instance, where it goes. */
class HashKeysTest {
  private static final int INSTANCES = 5;

  private final LayerLoop loop = new LayerLoop();
  private final TestEndpoints told = new TestEndpoints("catalog");
  private final Live<ServicePolicy> policy = new Live<>(ServicePolicy.OFF);
  private final List<Promise<UpstreamResponse>> held = new ArrayList<>();
  private boolean holding;
  private @Nullable BalancedCalls calls;

  @AfterEach
  void close() {
    BalancedCalls made = calls;
    if (made != null) {
      loop.call(made::close);
    }
    loop.close();
  }

  private void open(Algorithm algorithm, Source source) {
    HashKey key = new HashKey(source, source == Source.HEADER ? "x-cart" : "cart");
    calls = loop.on(() -> {
      told.tell(IntStream.range(0, INSTANCES)
          .mapToObj(i -> ShopInstances.told(i, 1, "", Map.of(), State.READY))
          .toArray(ServiceInstance[]::new));
      policy.set(ServicePolicy.OFF.withBalance(
          BalancePolicy.DEFAULT.withAlgorithm(algorithm).withKey(key)));
      return new BalancedCalls(
          told.endpoints(), ShopInstances.clients(request -> answer()), policy, loop.context());
    });
  }

  private Future<UpstreamResponse> answer() {
    if (!holding) {
      return Future.succeededFuture(LayerLoop.response(200));
    }
    Promise<UpstreamResponse> later = Promise.promise();
    held.add(later);
    return later.future();
  }

  private Endpoint call(String uri, byte @Nullable [] body, RequestOrigin origin) {
    BalancedCalls made = calls;
    if (made == null) {
      throw new AssertionError("not opened");
    }
    return loop.on(() -> {
      UpstreamRequest request = new UpstreamRequest(
          LayerLoop.operation(Safety.SAFE, false),
          HttpMethod.GET,
          uri,
          List.of(),
          body,
          System.nanoTime() + Duration.ofSeconds(55).toNanos(),
          origin);
      made.send(request);
      return request.endpoint();
    });
  }

  private record Origin(
      @Nullable String cart,
      @Nullable String side,
      @Nullable String subject) implements RequestOrigin {
    @Override
    public @Nullable String header(String name) {
      return name.equals("x-cart") ? cart : null;
    }

    @Override
    public @Nullable String cookie(String name) {
      return name.equals("cart") ? side : null;
    }
  }

  /** A call whose key has a value, while all else differs from call to call. */
  private Endpoint callWith(Source source, String value, int number) {
    String other = "other-" + number;
    return call(
        "/things/" + (source == Source.INPUT ? value : other),
        null,
        new Origin(
            source == Source.HEADER ? value : other,
            source == Source.COOKIE ? value : other,
            source == Source.CALLER ? value : other));
  }

  static Stream<Arguments> algorithmsAndSources() {
    return Stream.of(Algorithm.RING_HASH, Algorithm.MAGLEV)
        .flatMap(
            algorithm -> Stream.of(Source.values()).map(source -> Arguments.of(algorithm, source)));
  }

  /** Every call has an input. */
  static Stream<Arguments> algorithmsAndSourcesThatMayLack() {
    return algorithmsAndSources().filter(each -> each.get()[1] != Source.INPUT);
  }

  @ParameterizedTest
  @MethodSource("algorithmsAndSources")
  void theKeyAloneDecides(Algorithm algorithm, Source source) {
    open(algorithm, source);

    Set<Endpoint> called = new HashSet<>();
    for (int i = 0; i < 200; i++) {
      Endpoint first = callWith(source, "key-" + i, 3 * i);
      assertThat(callWith(source, "key-" + i, 3 * i + 1)).isEqualTo(first);
      assertThat(callWith(source, "key-" + i, 3 * i + 2)).isEqualTo(first);
      called.add(first);
    }

    assertThat(called).hasSize(INSTANCES);
  }

  @ParameterizedTest
  @EnumSource(names = {"RING_HASH", "MAGLEV"})
  void aBodyIsPartOfTheInput(Algorithm algorithm) {
    open(algorithm, Source.INPUT);

    Set<Endpoint> called = new HashSet<>();
    for (int i = 0; i < 200; i++) {
      byte[] body = ("{\"id\":" + i + "}").getBytes(StandardCharsets.UTF_8);
      Endpoint first = call("/things", body, RequestOrigin.NONE);
      assertThat(call("/things", body.clone(), RequestOrigin.NONE)).isEqualTo(first);
      called.add(first);
    }

    assertThat(called).hasSize(INSTANCES);
  }

  @ParameterizedTest
  @MethodSource("algorithmsAndSourcesThatMayLack")
  void aCallWithoutItsKeyGoesToTheLessBusy(Algorithm algorithm, Source source) {
    open(algorithm, source);
    holding = true;

    Map<Endpoint, Integer> underWay = new HashMap<>();
    for (int i = 0; i < 100; i++) {
      underWay.merge(call("/things", null, RequestOrigin.NONE), 1, Integer::sum);
    }

    // Chance alone would spread them by more than this.
    assertThat(underWay).hasSize(INSTANCES);
    assertThat(underWay.values()).allSatisfy(count -> assertThat(count).isBetween(17, 23));
    loop.on(() -> {
      held.forEach(each -> each.complete(LayerLoop.response(200)));
      return null;
    });
  }
}

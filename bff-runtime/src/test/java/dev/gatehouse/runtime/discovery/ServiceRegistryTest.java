package dev.gatehouse.runtime.discovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.runtime.config.ConfigurationException;
import dev.gatehouse.runtime.discovery.Endpoint.Scheme;
import dev.gatehouse.runtime.discovery.ServiceInstance.State;
import dev.gatehouse.runtime.discovery.SourceState.Status;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.servicediscovery.Record;
import io.vertx.servicediscovery.ServiceDiscovery;
import io.vertx.servicediscovery.types.HttpEndpoint;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a registry makes of what a source says. */
class ServiceRegistryTest {
  private final Vertx vertx = Vertx.vertx();
  private final ScriptedSource source = new ScriptedSource();

  @AfterEach
  void stop() {
    Registry.await(vertx.close());
  }

  private ServiceLookup lookup() {
    return ServiceLookup.of(source, "catalog").withStartTimeout(Duration.ofMillis(1));
  }

  private Registry registry() {
    return new Registry(vertx, lookup());
  }

  @Test
  void instancesComeChangeAndGo() {
    try (Registry registry = registry()) {
      source.tell(1, 2);
      registry.awaitAddresses("10.0.0.1:1", "10.0.0.1:2");
      source.tell(2, 3);
      registry.awaitAddresses("10.0.0.1:2", "10.0.0.1:3");
      assertThat(registry.state().status()).isEqualTo(Status.CURRENT);
      assertThat(registry.endpoints().describe().getInteger("instances")).isEqualTo(2);
    }
  }

  @Test
  void everythingThatASourceTellsOfAnInstanceArrives() {
    try (Registry registry = registry()) {
      source.found(found -> found.add(
          Scheme.H2C, "fd00::1", 8080, 7, "eu-1a", Map.of("version", "v2"), State.DRAINING));
      registry.awaitAddresses("fd00::1:8080");
      assertThat(registry.instances())
          .containsExactly(new ServiceInstance(
              new Endpoint(Scheme.H2C, "fd00::1", 8080, ""),
              7,
              "eu-1a",
              Map.of("version", "v2"),
              State.DRAINING));
    }
  }

  @Test
  void aSourceThatFailsLeavesTheLastKnownGoodAndTellsItsAge() {
    try (Registry registry = registry()) {
      source.tell(1, 2);
      registry.awaitStatus(Status.CURRENT);
      registry.awaitAddresses("10.0.0.1:1", "10.0.0.1:2");
      source.fail("refused");
      registry.awaitStatus(Status.STALE);

      assertThat(registry.addresses()).hasSize(2);
      JsonObject shown = registry.endpoints().describe();
      assertThat(shown.getBoolean("stale")).isTrue();
      assertThat(shown.getString("problem")).isEqualTo("refused");
      assertThat(shown.getLong("ageMillis")).isNotNegative();

      source.tell(1);
      registry.awaitAddresses("10.0.0.1:1");
      assertThat(registry.state().isStale()).isFalse();
    }
  }

  @Test
  void aFlappingSourceNeverEmptiesASet() {
    try (Registry registry = registry()) {
      source.tell(1);
      registry.awaitAddresses("10.0.0.1:1");
      AtomicInteger changes = new AtomicInteger();
      registry.onLoop(() -> {
        registry.endpoints().onChange(change -> changes.incrementAndGet());
        return null;
      });
      for (int i = 0; i < 50; i++) {
        source.tell();
        source.tell(1);
      }
      source.tell(1, 2);
      registry.awaitAddresses("10.0.0.1:1", "10.0.0.1:2");

      assertThat(changes)
          .as("changes before the second instance came, and that one")
          .hasValue(1);
    }
  }

  @Test
  void aSourceThatGoesOnSayingNoneIsBelievedInTheEnd() {
    try (Registry registry = new Registry(vertx, lookup().withKeepLast(Duration.ofMillis(20)))) {
      source.tell(1);
      registry.awaitAddresses("10.0.0.1:1");
      source.tell();
      registry.awaitAddresses();
      assertThat(registry.state().status()).isEqualTo(Status.EMPTY);
    }
  }

  @Test
  void entriesThatAreNoInstancesCostThemselvesOnly() {
    try (Registry registry = registry()) {
      source.found(found -> {
        found.add("10.0.0.1", 70_000);
        found.add("bad host\r\n", 1);
        found.add(null, 1);
        found.add("10.0.0.1", 1);
        found.add("10.0.0.1", 1);
        found.add(null, "10.0.0.1", 2, 1, "z".repeat(1000), Map.of(), State.READY);
      });
      registry.awaitAddresses("10.0.0.1:1");
      assertThat(registry.state().leftOut()).isEqualTo(5);
      assertThat(registry.state().problem()).isEqualTo("port 70000 (expected: 1 to 65535)");
    }
  }

  @Test
  void aSourceThatSaysOnlyNonsenseCountsAsFailing() {
    try (Registry registry = registry()) {
      source.tell(1);
      registry.awaitAddresses("10.0.0.1:1");
      source.found(found -> found.add("10.0.0.1", 0));
      registry.awaitStatus(Status.STALE);
      assertThat(registry.addresses()).containsExactly("10.0.0.1:1");
      assertThat(registry.state().problem()).startsWith("none of 1 entries can be used: port 0");
    }
  }

  @Test
  void anAbsurdNumberOfInstancesIsCutOff() {
    FoundInstances found = new FoundInstances(lookup());
    for (int i = 0; i < FoundInstances.MOST + 10; i++) {
      found.add("10." + i / 65536 + "." + i / 256 % 256 + "." + i % 256, 80);
    }
    assertThat(found.instances()).hasSize(FoundInstances.MOST);
    assertThat(found.leftOut()).isEqualTo(10);
  }

  @Test
  void manyInstancesAreFollowedWithWorkInProportionToWhatChanges() {
    try (Registry registry = registry()) {
      source.tellMany(10_000, -1, 1);
      registry.awaitTrue(() -> registry.instances().size() == 10_000, "all there");
      AtomicInteger put = new AtomicInteger();
      AtomicInteger gone = new AtomicInteger();
      AtomicInteger told = new AtomicInteger();
      registry.onLoop(() -> {
        registry.endpoints().onChange(change -> {
          told.incrementAndGet();
          put.addAndGet(change.put().size());
          gone.addAndGet(change.gone().size());
        });
        return null;
      });
      for (int i = 0; i < 20; i++) {
        int weight = i + 2;
        source.tellMany(10_000, 5000, weight);
        registry.awaitTrue(
            () -> registry.instances().stream().anyMatch(any -> any.weight() == weight),
            "weight " + weight);
      }

      assertThat(put).hasValue(20);
      assertThat(gone).hasValue(0);
      assertThat(told).hasValue(20);
    }
  }

  @Test
  void changesThatComeTogetherAreSeenTogether() {
    try (Registry registry = registry()) {
      AtomicInteger told = new AtomicInteger();
      registry.onLoop(() -> {
        registry.endpoints().onChange(change -> told.incrementAndGet());
        return null;
      });
      CountDownLatch announced = new CountDownLatch(2000);
      source.listeners((lookup, listener) -> vertx
          .eventBus()
          .localConsumer(DiscoveryOptions.ANNOUNCEMENTS)
          .handler(any -> announced.countDown()));

      Runnable goOn = registry.holdLoop();
      source.tellMany(2000, -1, 1);
      // Counted on the source's event loop, so in a turn after the one that announced: all of them
      // wait for the registry by then.
      Registry.await(announced);
      goOn.run();

      registry.awaitTrue(() -> registry.instances().size() == 2000, "all there");
      assertThat(told).as("changes told of 2000 announcements").hasValue(1);
    }
  }

  @Test
  void oneSourceServesAllRegistriesAndClosesWithTheLast() {
    Registry first = registry();
    Registry second = registry();
    source.tell(1);
    first.awaitAddresses("10.0.0.1:1");
    second.awaitAddresses("10.0.0.1:1");
    assertThat(source.opened).hasValue(1);
    assertThat(source.watches()).isEqualTo(1);

    first.close();
    assertThat(source.closed).hasValue(0);
    source.tell(2);
    second.awaitAddresses("10.0.0.1:2");

    second.close();
    assertThat(source.closed).hasValue(1);
    assertThat(source.watches()).isZero();
    assertThat(Registry.await(ServiceDiscovery.create(vertx).getRecords(record -> true)))
        .isEmpty();

    try (Registry third = registry()) {
      source.tell(3);
      third.awaitAddresses("10.0.0.1:3");
      assertThat(source.opened).hasValue(2);
    }
  }

  @Test
  void aRegistryThatComesLaterSeesWhatIsKnownAlready() {
    try (Registry first = registry()) {
      source.tell(1);
      first.awaitAddresses("10.0.0.1:1");
      try (Registry second = registry()) {
        assertThat(second.addresses()).containsExactly("10.0.0.1:1");
      }
    }
  }

  @Test
  void aSourceThatCannotWorkHereStopsTheStartWithTheReason() {
    source.breakDown();
    assertThatThrownBy(this::registry)
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining(
            "services.catalog.discovery.type: scripted: no library on the class path");
  }

  @Test
  void oneOfTwoEqualRecordsOfOthersMayGo() {
    ServiceDiscovery others = ServiceDiscovery.create(vertx);
    try (Registry registry = registry()) {
      Record one = HttpEndpoint.createRecord("catalog", "10.0.0.9", 9, "/");
      Record two = HttpEndpoint.createRecord("catalog", "10.0.0.9", 9, "/");
      Registry.await(others.publish(one));
      Registry.await(others.publish(two));
      registry.awaitAddresses("10.0.0.9:9");
      Registry.await(others.unpublish(one.getRegistration()));
      Registry.await(others.publish(HttpEndpoint.createRecord("catalog", "10.0.0.9", 10, "/")));
      registry.awaitAddresses("10.0.0.9:9", "10.0.0.9:10");
      Registry.await(others.unpublish(two.getRegistration()));
      registry.awaitAddresses("10.0.0.9:10");
    }
  }

  @Test
  void recordsOfOthersThatSayWhatCannotBeArePassedOver() {
    ServiceDiscovery others = ServiceDiscovery.create(vertx);
    try (Registry registry = registry()) {
      for (JsonObject metadata : List.of(
          new JsonObject().put("gatehouse.weight", -1),
          new JsonObject().put("gatehouse.weight", "much"),
          new JsonObject().put("gatehouse.state", "ASLEEP"),
          new JsonObject().put("gatehouse.labels", 3))) {
        Registry.await(others.publish(
            HttpEndpoint.createRecord("catalog", false, "10.0.0.9", 9, "/", metadata)));
      }
      Record wrongPort = HttpEndpoint.createRecord("catalog", "10.0.0.9", 9, "/");
      wrongPort.getLocation().put("port", "nine");
      Registry.await(others.publish(wrongPort));
      Registry.await(others.publish(HttpEndpoint.createRecord(
          "catalog",
          false,
          "10.0.0.9",
          10,
          "/",
          new JsonObject().put("gatehouse.weight", 5).put("gatehouse.zone", "b"))));
      registry.awaitAddresses("10.0.0.9:10");
      assertThat(registry.instances().get(0).weight()).isEqualTo(5);
      assertThat(registry.instances().get(0).zone()).isEqualTo("b");
    }
  }

  @Test
  void pausesGrowAndAreSpread() {
    Backoff backoff = new Backoff(new java.util.Random(1), Duration.ofSeconds(4));
    for (long expected : new long[] {500, 1000, 2000, 4000, 4000}) {
      assertThat(backoff.nextMillis()).isBetween(expected / 2, expected);
    }
    backoff.reset();
    assertThat(backoff.nextMillis()).isLessThanOrEqualTo(500);
  }
}

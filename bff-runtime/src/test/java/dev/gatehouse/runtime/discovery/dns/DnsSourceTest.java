package dev.gatehouse.runtime.discovery.dns;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.runtime.discovery.Registry;
import dev.gatehouse.runtime.discovery.ServiceInstance;
import dev.gatehouse.runtime.discovery.ServiceLookup;
import dev.gatehouse.runtime.discovery.SourceState.Status;
import dev.gatehouse.runtime.discovery.dns.DnsSettings.Addresses;
import io.netty.handler.codec.dns.DnsRecordType;
import io.netty.handler.codec.dns.DnsResponseCode;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Against a DNS server that answers, over UDP and TCP, as a test says. */
class DnsSourceTest {
  private final Vertx vertx = Vertx.vertx();
  private final ScriptedDns server = new ScriptedDns(vertx);

  @AfterEach
  void stop() {
    server.close();
    Registry.await(vertx.close());
  }

  private static DnsSettings settings(Addresses addresses, String... servers) {
    return settings(addresses, Duration.ofSeconds(50), servers);
  }

  private static DnsSettings settings(Addresses addresses, Duration timeout, String... servers) {
    return new DnsSettings(
        List.of(servers), addresses, Duration.ofMillis(100), Duration.ofHours(1), timeout);
  }

  private ServiceLookup lookup() {
    return lookup(settings(Addresses.IPV4_FIRST, server.address()));
  }

  private static ServiceLookup lookup(DnsSettings settings) {
    return ServiceLookup.of(settings, "catalog.test")
        .withPort("8080")
        .withStartTimeout(Duration.ofSeconds(2));
  }

  @Test
  void aChangedAnswerIsFollowedWithinItsTimeToLive() {
    server.addresses(1, "10.0.0.1", "10.0.0.2");
    try (Registry registry = new Registry(vertx, lookup())) {
      registry.awaitAddresses("10.0.0.1:8080", "10.0.0.2:8080");
      server.addresses(1, "10.0.0.3");
      registry.awaitAddresses("10.0.0.3:8080"); // which it would not, if it asked once an hour
    }
  }

  @Test
  void anAnswerIsNotAskedForAgainWhileItHolds() {
    server.addresses(3600, "10.0.0.1");
    try (Registry registry = new Registry(vertx, lookup())) {
      registry.awaitAddresses("10.0.0.1:8080");
      Registry.await(vertx.timer(500, java.util.concurrent.TimeUnit.MILLISECONDS));
      assertThat(server.asked()).containsExactly("A catalog.test.");
    }
  }

  @Test
  void ipv6IsUsedWhereThereIsNoIpv4() {
    server.addresses(30, "fd00::1");
    try (Registry registry = new Registry(vertx, lookup())) {
      registry.awaitAddresses("fd00:0:0:0:0:0:0:1:8080");
      assertThat(registry.instances().get(0).endpoint())
          .hasToString("http://[fd00:0:0:0:0:0:0:1]:8080");
    }
  }

  @Test
  void bothFamiliesCanCount() {
    server.addresses(30, "fd00::1", "10.0.0.1");
    try (Registry registry =
        new Registry(vertx, lookup(settings(Addresses.ALL, server.address())))) {
      registry.awaitAddresses("10.0.0.1:8080", "fd00:0:0:0:0:0:0:1:8080");
    }
  }

  @Test
  void targetsOfTheBestPriorityCountWithTheirWeights() {
    server.target(3600, 10, 3, 8081, "one.test.");
    server.target(3600, 10, 0, 8082, "two.test.");
    server.target(3600, 20, 9, 8083, "spare.test.");
    try (Registry registry = new Registry(vertx, lookup().withPort(""))) {
      registry.awaitAddresses("one.test:8081", "two.test:8082");
      assertThat(registry.instances().stream().map(ServiceInstance::weight)).containsExactly(3, 1);
      assertThat(server.asked()).containsExactly("SRV catalog.test.");
    }
  }

  @Test
  void anAnswerThatIsCutOffIsAskedForOverTcp() {
    String[] many = IntStream.range(0, 300)
        .mapToObj(i -> "10.0." + i / 250 + "." + i % 250)
        .toArray(String[]::new);
    server.addresses(30, many);
    try (Registry registry = new Registry(vertx, lookup())) {
      registry.awaitTrue(() -> registry.addresses().size() == 300, "300 instances");
      assertThat(server.askedOverTcp()).isPositive();
    }
  }

  @Test
  void aNameThatDoesNotExistHasNoInstancesButAServerThatFailsSaysNothing() {
    server.addresses(1, "10.0.0.1");
    try (Registry registry = new Registry(vertx, lookup())) {
      registry.awaitAddresses("10.0.0.1:8080");
      server.fail(DnsResponseCode.NXDOMAIN);
      registry.awaitTrue(
          () -> "tells of no instance".equals(registry.state().problem()), "no such name");
      assertThat(registry.state().status()).isEqualTo(Status.STALE);
      assertThat(registry.addresses()).containsExactly("10.0.0.1:8080");
    }
  }

  @Test
  void aServerThatFailsLeavesTheLastKnownGoodUntilItRecovers() {
    server.addresses(1, "10.0.0.1");
    try (Registry registry = new Registry(vertx, lookup())) {
      registry.awaitAddresses("10.0.0.1:8080");
      server.fail(DnsResponseCode.SERVFAIL);
      registry.awaitStatus(Status.STALE);
      assertThat(registry.state().problem()).contains("ServFail");
      assertThat(registry.addresses()).containsExactly("10.0.0.1:8080");
      server.addresses(1, "10.0.0.2");
      registry.awaitAddresses("10.0.0.2:8080");
    }
  }

  @Test
  void aServerThatSaysNothingIsFollowedByTheNext() {
    server.addresses(30, "10.0.0.1");
    try (ScriptedDns silent = new ScriptedDns(vertx)) {
      silent.beSilent();
      try (Registry registry = new Registry(
          vertx,
          lookup(settings(
              Addresses.IPV4_FIRST, Duration.ofSeconds(1), silent.address(), server.address())))) {
        registry.awaitAddresses("10.0.0.1:8080");
      }
    }
  }

  @Test
  void nonsenseIsAFailure() {
    server.addresses(1, "10.0.0.1");
    try (Registry registry = new Registry(vertx, lookup())) {
      registry.awaitAddresses("10.0.0.1:8080");
      server.raw(DnsRecordType.A, new byte[] {1, 2, 3});
      registry.awaitStatus(Status.STALE);
      assertThat(registry.state().problem()).contains("A record: malformed");
      server.addresses(1, "10.0.0.2");
      registry.awaitAddresses("10.0.0.2:8080");
    }
  }
}

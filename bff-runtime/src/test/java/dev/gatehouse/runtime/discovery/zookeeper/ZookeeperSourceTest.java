package dev.gatehouse.runtime.discovery.zookeeper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.gatehouse.runtime.discovery.Endpoint.Scheme;
import dev.gatehouse.runtime.discovery.Registry;
import dev.gatehouse.runtime.discovery.ServiceInstance.State;
import dev.gatehouse.runtime.discovery.ServiceLookup;
import dev.gatehouse.runtime.discovery.SourceState.Status;
import dev.gatehouse.runtime.discovery.TestProcess;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.zookeeper.CreateMode;
import org.apache.zookeeper.Watcher.Event.KeeperState;
import org.apache.zookeeper.ZooDefs.Ids;
import org.apache.zookeeper.ZooKeeper;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Against a real ZooKeeper server, from Debian's package. */
class ZookeeperSourceTest {
  private static final Path JAR = Path.of("/usr/share/java/zookeeper.jar");

  private final Vertx vertx = Vertx.vertx();
  private final int port = TestProcess.freePort();
  private TestProcess server;
  private ZooKeeper client;

  @TempDir
  private Path directory;

  @BeforeEach
  void start() throws Exception {
    assumeTrue(Files.exists(JAR), JAR + " is missing: install the Debian package zookeeper");
    Path config = Files.writeString(
        directory.resolve("zoo.cfg"),
        "tickTime=500\ndataDir=" + directory + "\nclientPort=" + port
            + "\nclientPortAddress=127.0.0.1\nadmin.enableServer=false\nmaxSessionTimeout=60000\n4lw.commands.whitelist=srvr\n");
    server = TestProcess.listening(
        port,
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-Xmx128m",
        "-cp",
        "/usr/share/java/*:/usr/share/zookeeper/*",
        "org.apache.zookeeper.server.quorum.QuorumPeerMain",
        config.toString());
    client = connect();
  }

  @AfterEach
  void stop() throws Exception {
    if (client != null) {
      client.close();
    }
    if (server != null) {
      server.close();
    }
    Registry.await(vertx.close());
  }

  /** A server listens before it serves, and forgets connections of that time without a word. */
  private void awaitServing() throws Exception {
    String told = "";
    for (long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(1);
        !told.contains("Mode: ");
        told = status()) {
      assertThat(end - System.nanoTime()).as("time until it serves").isPositive();
    }
  }

  private String status() throws Exception {
    try (Socket socket = new Socket("127.0.0.1", port)) {
      socket.setSoTimeout(1000);
      socket.getOutputStream().write("srvr".getBytes(StandardCharsets.US_ASCII));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
    } catch (IOException e) {
      return String.valueOf(e.getMessage());
    }
  }

  private ZooKeeper connect() throws Exception {
    awaitServing();
    CountDownLatch connected = new CountDownLatch(1);
    ZooKeeper made = new ZooKeeper("127.0.0.1:" + port, 15_000, event -> {
      if (event.getState() == KeeperState.SyncConnected) {
        connected.countDown();
      }
    });
    assertThat(connected.await(60, TimeUnit.SECONDS)).isTrue();
    return made;
  }

  private ServiceLookup lookup() {
    return ServiceLookup.of(
            new ZookeeperSettings("127.0.0.1:" + port, "/services", Duration.ofSeconds(2)),
            "catalog")
        .withStartTimeout(Duration.ofSeconds(30));
  }

  private void register(String id, String json) throws Exception {
    for (String path : new String[] {"/services", "/services/catalog"}) {
      if (client.exists(path, false) == null) {
        client.create(path, new byte[0], Ids.OPEN_ACL_UNSAFE, CreateMode.PERSISTENT);
      }
    }
    byte[] data = json.getBytes(StandardCharsets.UTF_8);
    String path = "/services/catalog/" + id;
    if (client.exists(path, false) == null) {
      client.create(path, data, Ids.OPEN_ACL_UNSAFE, CreateMode.PERSISTENT);
    } else {
      client.setData(path, data, -1);
    }
  }

  private static String at(String address, int port) {
    return "{\"address\": \"" + address + "\", \"port\": " + port + "}";
  }

  @Test
  void nodesAreReadAndFollowed() throws Exception {
    register("a", at("10.0.0.1", 1));
    try (Registry registry = new Registry(vertx, lookup())) {
      registry.awaitAddresses("10.0.0.1:1");
      register("b", at("10.0.0.2", 2));
      registry.awaitAddresses("10.0.0.1:1", "10.0.0.2:2");
      register("a", at("10.0.0.1", 3));
      registry.awaitAddresses("10.0.0.1:3", "10.0.0.2:2");
      client.delete("/services/catalog/b", -1);
      registry.awaitAddresses("10.0.0.1:3");
    }
  }

  @Test
  void whatCuratorAndSpringCloudRegisterIsUnderstood() throws Exception {
    register("a", """
        {"name":"catalog","id":"a","address":"10.0.0.1","port":null,"sslPort":8443,
         "payload":{"@class":"x","metadata":{"version":"v2","weight":"5","zone":"eu-1a"}},
         "serviceType":"DYNAMIC","enabled":false}
        """);
    try (Registry registry = new Registry(vertx, lookup())) {
      registry.awaitAddresses("10.0.0.1:8443");
      var instance = registry.instances().get(0);
      assertThat(instance.endpoint().scheme()).isEqualTo(Scheme.HTTPS);
      assertThat(instance.weight()).isEqualTo(5);
      assertThat(instance.zone()).isEqualTo("eu-1a");
      assertThat(instance.labels()).containsEntry("version", "v2");
      assertThat(instance.state()).isEqualTo(State.NOT_READY);
    }
  }

  @Test
  void aServiceThatRegistersLaterIsFound() throws Exception {
    try (Registry registry = new Registry(vertx, lookup())) {
      registry.awaitStatus(Status.EMPTY);
      register("a", at("10.0.0.1", 1));
      registry.awaitAddresses("10.0.0.1:1");
    }
  }

  @Test
  void nonsenseIsLeftOut() throws Exception {
    register("a", at("10.0.0.1", 1));
    register("b", "not json");
    register("c", "");
    register("d", "{\"address\": 7}");
    register("e", at("10.0.0.1", 0));
    try (Registry registry = new Registry(vertx, lookup())) {
      registry.awaitAddresses("10.0.0.1:1");
      assertThat(registry.state().leftOut()).isEqualTo(4);
    }
  }

  @Test
  void aServerThatGoesAwayLeavesTheLastKnownGoodBeyondTheEndOfTheSession() throws Exception {
    register("a", at("10.0.0.1", 1));
    try (Registry registry = new Registry(vertx, lookup())) {
      registry.awaitAddresses("10.0.0.1:1");
      server.stop();
      registry.awaitStatus(Status.STALE);
      assertThat(registry.addresses()).containsExactly("10.0.0.1:1");
      // Longer than a session lasts.
      Registry.await(vertx.timer(5, TimeUnit.SECONDS));
      server.start();
      client.close();
      client = connect();
      register("a", at("10.0.0.1", 2));
      registry.awaitAddresses("10.0.0.1:2");
      registry.awaitStatus(Status.CURRENT);
    }
  }
}

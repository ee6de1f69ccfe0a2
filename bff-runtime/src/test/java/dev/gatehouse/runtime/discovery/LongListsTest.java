package dev.gatehouse.runtime.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.runtime.discovery.SourceState.Status;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A source that tells of thousands again and again is not asked for all of them each time. */
class LongListsTest {
  private static final int MANY = 2000;

  private final Vertx vertx = Vertx.vertx();
  private final ScriptedSource source = new ScriptedSource();
  private final AtomicInteger asked = new AtomicInteger();

  @AfterEach
  void stop() {
    Registry.await(vertx.close());
  }

  private Registry registry() {
    return new Registry(
        vertx, ServiceLookup.of(source, "catalog").withStartTimeout(Duration.ofMillis(1)));
  }

  private FoundInstances instances(ServiceLookup lookup, int port) {
    asked.incrementAndGet();
    FoundInstances found = new FoundInstances(lookup);
    for (int i = 0; i < MANY; i++) {
      found.add("10.0." + i / 250 + "." + i % 250, port);
    }
    return found;
  }

  @Test
  void ofWhatIsToldInAMomentTheLastCounts() {
    try (Registry registry = registry()) {
      source.listeners((lookup, listener) -> {
        for (int port = 1; port <= 50; port++) {
          int now = port;
          listener.found(() -> instances(lookup, now));
        }
      });
      registry.awaitTrue(
          () -> registry.instances().size() == MANY
              && registry.instances().stream().allMatch(one -> one.endpoint().port() == 50),
          "the last list");

      // The first, as nothing was known before, and the last; each time the machine stalls in the
      // middle of that loop may add one.
      assertThat(asked.get()).isLessThan(25);
    }
  }

  @Test
  void whatWasFoundBeforeAFailureIsKept() {
    try (Registry registry = registry()) {
      source.listeners((lookup, listener) -> {
        listener.found(() -> instances(lookup, 1));
        listener.found(() -> instances(lookup, 2));
        listener.failed("gone");
      });
      registry.awaitTrue(
          () -> registry.instances().size() == MANY
              && registry.instances().stream().allMatch(one -> one.endpoint().port() == 2)
              && registry.state().status() == Status.STALE,
          "the last list, kept");
    }
  }
}

package dev.gatehouse.runtime.discovery;

import dev.gatehouse.runtime.discovery.ServiceInstance.State;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/** A source that says what a test has it say. */
final class ScriptedSource implements SourceSettings {
  private final List<Watching> watches = new CopyOnWriteArrayList<>();
  final AtomicInteger opened = new AtomicInteger();
  final AtomicInteger closed = new AtomicInteger();
  private volatile Context loop;
  private volatile boolean broken;

  private record Watching(ServiceLookup lookup, Source.Listener listener) {}

  @Override
  public String label() {
    return "scripted";
  }

  void breakDown() {
    broken = true;
  }

  int watches() {
    return watches.size();
  }

  @Override
  public Source open(Vertx vertx) {
    if (broken) {
      throw new IllegalStateException("no library on the class path (expected: one)");
    }
    opened.incrementAndGet();
    loop = vertx.getOrCreateContext();
    return new Source() {
      @Override
      public Watch watch(ServiceLookup lookup, Listener listener) {
        Watching watching = new Watching(lookup, listener);
        watches.add(watching);
        return () -> watches.remove(watching);
      }

      @Override
      public Future<Void> close() {
        closed.incrementAndGet();
        return Future.succeededFuture();
      }
    };
  }

  /** Says that these are the instances, by port. */
  void tell(int... ports) {
    found(instances -> {
      for (int port : ports) {
        instances.add("10.0.0.1", port);
      }
    });
  }

  /** Says that so many instances exist, of which one has another weight. */
  void tellMany(int count, int changed, int weight) {
    found(instances -> {
      for (int i = 0; i < count; i++) {
        instances.add(
            null,
            "10.0." + i / 250 + "." + i % 250,
            8080,
            i == changed ? weight : 1,
            "",
            Map.of(),
            State.READY);
      }
    });
  }

  void found(Consumer<FoundInstances> fill) {
    each(watching -> {
      FoundInstances instances = new FoundInstances(watching.lookup());
      fill.accept(instances);
      watching.listener().found(instances);
    });
  }

  /** Does something with all who listen, in one turn of the event loop. */
  void listeners(BiConsumer<ServiceLookup, Source.Listener> what) {
    each(watching -> what.accept(watching.lookup(), watching.listener()));
  }

  void fail(String why) {
    each(watching -> watching.listener().failed(why));
  }

  private void each(Consumer<Watching> what) {
    loop.runOnContext(on -> watches.forEach(what));
  }
}

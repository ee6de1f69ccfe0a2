package dev.gatehouse.benchmarks.mesh;

import dev.gatehouse.runtime.discovery.Endpoint;
import dev.gatehouse.runtime.discovery.Endpoint.Scheme;
import dev.gatehouse.runtime.discovery.FoundInstances;
import dev.gatehouse.runtime.discovery.ServiceInstance;
import dev.gatehouse.runtime.discovery.ServiceInstance.State;
import dev.gatehouse.runtime.discovery.ServiceLookup;
import dev.gatehouse.runtime.discovery.Source;
import dev.gatehouse.runtime.discovery.SourceSettings;
import dev.gatehouse.runtime.mesh.Mesh;
import dev.gatehouse.runtime.upstream.ServiceSettings;
import dev.gatehouse.runtime.upstream.Upstream;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Calls at a fixed rate to a service with many instances, while a source tells of all of them again and again, one of them changed.
 * Confined to one event loop.
 */
final class UpdateCost {
  private static final int INSTANCES = 10_000;
  /** Nearly all calls go to these, so that connections are used again; the others are as real. */
  private static final int HEAVY = 8;

  private static final int CALLS = 6_000;
  private static final int CALLS_PER_TICK = 4;

  private final Vertx vertx;
  private final int port;
  private final Told told = new Told();
  private @Nullable Mesh mesh;
  private @Nullable Upstream service;
  private long number;
  private long seen;

  UpdateCost(Vertx vertx, int port) {
    this.vertx = vertx;
    this.port = port;
  }

  Future<Void> open() {
    return Mesh.create(
            vertx,
            "benchmark",
            new SimpleMeterRegistry(),
            Map.of(
                Calls.SERVICE,
                ServiceSettings.builder()
                    .discovery(ServiceLookup.of(new Teller(told, endpoints(port)), Calls.SERVICE))
                    .build()))
        .onSuccess(made -> {
          mesh = made;
          service = made.service(Calls.SERVICE);
        })
        .mapEmpty();
  }

  /** The 99th percentile of the calls' latencies, in microseconds, with so many updates a second. */
  Future<Double> round(int updatesPerSecond) {
    Promise<Double> done = Promise.promise();
    long[] latencies = new long[CALLS];
    int[] counts = {0, 0};
    long updates =
        updatesPerSecond == 0 ? -1 : vertx.setPeriodic(1000 / updatesPerSecond, tick -> change());
    Upstream to = Objects.requireNonNull(service);
    vertx.setPeriodic(1, tick -> {
      for (int i = 0; i < CALLS_PER_TICK && counts[0] < CALLS; i++) {
        int index = counts[0]++;
        long start = System.nanoTime();
        to.send(Calls.call(number++)).onComplete((answer, failure) -> {
          latencies[index] = System.nanoTime() - start;
          if (failure != null) {
            done.tryFail(failure);
          } else if (++counts[1] == CALLS) {
            Arrays.sort(latencies);
            done.tryComplete(latencies[CALLS * 99 / 100] / 1e3);
          }
        });
      }
      if (counts[0] >= CALLS || done.future().isComplete()) {
        vertx.cancelTimer(tick);
      }
    });
    return done.future().onComplete(ended -> vertx.cancelTimer(updates));
  }

  private void change() {
    told.change(seen++);
  }

  long seen() {
    return seen;
  }

  Future<Void> close() {
    return Objects.requireNonNull(mesh).close();
  }

  /** Hands what changes to the source's own event loop. */
  private static final class Told {
    private volatile @Nullable Runnable change;
    private volatile long turn;

    void change(long number) {
      turn = number;
      Runnable known = change;
      if (known != null) {
        known.run();
      }
    }
  }

  private record Teller(Told told, List<Endpoint> endpoints) implements SourceSettings {
    @Override
    public String label() {
      return "benchmark";
    }

    @Override
    public Source open(Vertx vertx) {
      Context context = vertx.getOrCreateContext();
      return new Source() {
        @Override
        public Watch watch(ServiceLookup lookup, Listener listener) {
          told.change = () -> context.runOnContext(now -> listener.found(() -> all(lookup)));
          context.runOnContext(now -> listener.found(() -> all(lookup)));
          return () -> told.change = null;
        }

        @Override
        public Future<Void> close() {
          return Future.succeededFuture();
        }
      };
    }

    /** All instances, of which one has another weight each time. */
    private FoundInstances all(ServiceLookup lookup) {
      FoundInstances all = new FoundInstances(lookup);
      long turn = told.turn;
      int changed = HEAVY + (int) (turn % (INSTANCES - HEAVY));
      for (int i = 0; i < INSTANCES; i++) {
        int light = i == changed ? 2 : 1;
        all.add(
            endpoints.get(i),
            i < HEAVY ? ServiceInstance.MAX_WEIGHT : light,
            "",
            Map.of(),
            State.READY);
      }
      return all;
    }
  }

  private static List<Endpoint> endpoints(int port) {
    List<Endpoint> endpoints = new ArrayList<>(INSTANCES);
    for (int i = 0; i < INSTANCES; i++) {
      endpoints.add(new Endpoint(Scheme.HTTP, "127.1." + i / 250 + "." + (i % 250 + 1), port, ""));
    }
    return endpoints;
  }
}

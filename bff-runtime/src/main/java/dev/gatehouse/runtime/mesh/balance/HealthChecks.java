package dev.gatehouse.runtime.mesh.balance;

import dev.gatehouse.dsl.contract.DataType.AnyType;
import dev.gatehouse.dsl.graph.OperationSpec;
import dev.gatehouse.dsl.graph.OperationSpec.BodyBinding;
import dev.gatehouse.dsl.graph.OperationSpec.HttpTarget;
import dev.gatehouse.dsl.graph.OperationSpec.Safety;
import dev.gatehouse.dsl.graph.Place;
import dev.gatehouse.dsl.uri.UriTemplate;
import dev.gatehouse.runtime.live.Live;
import dev.gatehouse.runtime.mesh.layer.LayerContext;
import dev.gatehouse.runtime.policy.HealthCheckPolicy;
import dev.gatehouse.runtime.time.TimerWheel;
import dev.gatehouse.runtime.upstream.FailureClass;
import dev.gatehouse.runtime.upstream.UpstreamException;
import dev.gatehouse.runtime.upstream.UpstreamRequest;
import io.vertx.core.http.HttpMethod;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/**
 * Asks instances whether they are well, by turns, spread over the interval: one timer, whatever their number. A question to an
 * instance is one call like any other, over its own connections, and there is never more than one under way.
 */
final class HealthChecks extends TimerWheel.Entry {
  private static final long SHORTEST_PAUSE = 10_000_000;
  private static final int MOST_UNDER_WAY = 100;

  private final Instances instances;
  private final BalanceMeters meters;
  private final Live<HealthCheckPolicy> policy;
  private final LayerContext context;
  private final Map<Instance, UpstreamRequest> underWay = new IdentityHashMap<>();
  private final Map<Instance, Streak> streaks = new IdentityHashMap<>();
  private int next;
  private boolean closed;

  /** Answers of one kind in a row. */
  private static final class Streak {
    private boolean good;
    private int length;
  }

  HealthChecks(
      Instances instances,
      BalanceMeters meters,
      Live<HealthCheckPolicy> policy,
      LayerContext context) {
    this.instances = instances;
    this.meters = meters;
    this.policy = policy;
    this.context = context;
    policy.follow(changed -> begin());
  }

  private void begin() {
    if (closed) {
      return;
    }
    if (!policy.get().enabled()) {
      context.timers().cancel(this);
      forgive();
    } else if (!isScheduled()) {
      expired();
    }
  }

  @Override
  protected void expired() {
    HealthCheckPolicy checks = policy.get();
    if (closed || !checks.enabled()) {
      return;
    }
    List<Instance> all = instances.current();
    long interval = checks.interval().toNanos();
    long pause = Math.max(SHORTEST_PAUSE, interval / Math.max(1, all.size()));
    int due = (int) Math.min(all.size(), Math.ceil((double) all.size() * pause / interval));
    for (int i = 0; i < due && underWay.size() < MOST_UNDER_WAY; i++) {
      next = next < all.size() ? next : 0;
      ask(all.get(next++), checks);
    }
    forgetGone();
    context.timers().schedule(this, System.nanoTime() + pause);
  }

  private void ask(Instance instance, HealthCheckPolicy checks) {
    if (underWay.containsKey(instance)) {
      return;
    }
    UpstreamRequest question = new UpstreamRequest(
        operation(checks.path()),
        HttpMethod.GET,
        checks.path(),
        List.of(),
        null,
        System.nanoTime() + checks.timeout().toNanos());
    underWay.put(instance, question);
    instance.client().send(question).onComplete((answer, failure) -> {
      underWay.remove(instance);
      if (!closed && !instance.gone && policy.get().enabled()) {
        answered(instance, answer != null && answer.status() >= 200 && answer.status() < 300);
      }
    });
  }

  private void answered(Instance instance, boolean good) {
    HealthCheckPolicy checks = policy.get();
    Streak streak = streaks.computeIfAbsent(instance, any -> new Streak());
    streak.length = streak.good == good ? streak.length + 1 : 1;
    streak.good = good;
    if (good && instance.unwell && streak.length >= checks.healthyAfter()) {
      instance.unwell = false;
      instance.startedAt = context.clock().getAsLong();
      meters.unwell(-1);
      instances.changed();
    } else if (!good && !instance.unwell && streak.length >= checks.unhealthyAfter()) {
      instance.unwell = true;
      meters.unwell(1);
      instances.changed();
    }
  }

  private void forgetGone() {
    streaks.keySet().removeIf(one -> {
      if (one.gone && one.unwell) {
        meters.unwell(-1);
      }
      return one.gone;
    });
  }

  /** Nobody is held to be unwell whom nobody asks. */
  private void forgive() {
    streaks.keySet().forEach(one -> {
      if (one.unwell) {
        one.unwell = false;
        meters.unwell(-1);
      }
    });
    streaks.clear();
    instances.changed();
  }

  void close() {
    closed = true;
    context.timers().cancel(this);
    List.copyOf(underWay.values())
        .forEach(question -> question.cancel(
            new UpstreamException(FailureClass.CANCELLED, "health check: the client is closed")));
    forgive();
  }

  private OperationSpec operation(String path) {
    return new OperationSpec(
        context.service(),
        "health check",
        new HttpTarget(
            "GET",
            new UriTemplate(path, List.of()),
            List.of(),
            new BodyBinding.None(),
            List.of(),
            false),
        Safety.SAFE,
        new AnyType(Object.class),
        null,
        0,
        0,
        null,
        Place.UNKNOWN);
  }
}

package dev.gatehouse.runtime.discovery;

import dev.gatehouse.runtime.discovery.SourceState.Status;
import dev.gatehouse.runtime.log.LogEvent;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.servicediscovery.Record;
import io.vertx.servicediscovery.spi.ServicePublisher;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One service in a source: publishes what the source tells, by its differences, and keeps the last known good while the source
 * fails, or says for less than {@link ServiceLookup#keepLast()} that there is nothing.
 *
 * <p>Confined to the source's event loop, but for {@link #state()}.
 */
final class WatchedService implements Source.Listener {
  private static final Logger LOG = LoggerFactory.getLogger(WatchedService.class);
  /** Published or taken back in one turn of the event loop, so that ten thousand do not stop it for long. */
  private static final int STEP = 100;

  /** So many are listed and compared in well under a millisecond. */
  private static final int FEW = 500;
  /** Between two looks at a longer list: listing and comparing then take about a hundredth of the time. */
  private static final long PAUSE_NANOS_PER_INSTANCE = 40_000;
  /** With what passes until it is called, an instance that comes gets calls within a second. */
  private static final long LONGEST_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(600);

  private static final long NO_TIMER = -1;
  private static final long FLAPPING_NANOS = TimeUnit.SECONDS.toNanos(10);

  private final Vertx vertx;
  private final String service;
  private final ServiceLookup lookup;
  private final String scope;
  private final ServicePublisher publisher;
  private final Map<Endpoint, Published> published = new HashMap<>();
  private final Promise<Void> answered = Promise.promise();
  private Map<Endpoint, ServiceInstance> wanted = Map.of();
  /** What was published last; empty where not all of it could be. */
  private Map<Endpoint, ServiceInstance> settled = Map.of();

  private @Nullable Future<Void> settling;
  private boolean again;
  private long giveUpTimer = NO_TIMER;
  /** Found, and not looked at yet. */
  private @Nullable Supplier<FoundInstances> newest;

  private long lookTimer = NO_TIMER;
  private long lookedNanos;
  private boolean closed;
  private boolean flapping;
  private long staleNanos;
  private volatile SourceState state;

  private record Published(ServiceInstance instance, Record record) {}

  WatchedService(
      Vertx vertx, String service, ServiceLookup lookup, String scope, ServicePublisher publisher) {
    this.vertx = vertx;
    this.service = service;
    this.lookup = lookup;
    this.scope = scope;
    this.publisher = publisher;
    this.state = SourceState.waiting(lookup.source().label(), null);
  }

  /** How far what is published is to be believed. May be asked by any thread. */
  SourceState state() {
    return state;
  }

  /** Completes when the source's first answer has been published. */
  Future<Void> answered() {
    return answered.future();
  }

  @Override
  public void found(Supplier<FoundInstances> instances) {
    if (closed) {
      return;
    }
    newest = instances;
    if (lookTimer != NO_TIMER) {
      return;
    }
    long pause = Math.min(LONGEST_PAUSE_NANOS, wanted.size() * PAUSE_NANOS_PER_INSTANCE);
    long wait = pause - (System.nanoTime() - lookedNanos);
    if (wanted.size() <= FEW || wait <= 0) {
      look();
    } else {
      lookTimer = vertx.setTimer(TimeUnit.NANOSECONDS.toMillis(wait) + 1, due -> look());
    }
  }

  /** Looks at what was found last, if it has not yet. */
  private void look() {
    vertx.cancelTimer(lookTimer);
    lookTimer = NO_TIMER;
    Supplier<FoundInstances> instances = newest;
    newest = null;
    if (instances != null) {
      seen(instances.get());
      lookedNanos = System.nanoTime();
    }
  }

  private void seen(FoundInstances found) {
    if (!found.instances().isEmpty()) {
      keep();
      become(Status.CURRENT, true, found.leftOut(), found.firstProblem());
      want(found);
    } else if (found.leftOut() > 0) {
      failed("none of " + found.leftOut() + " entries can be used: " + found.firstProblem());
    } else if (wanted.isEmpty()) {
      become(Status.EMPTY, true, 0, null);
      want(found);
    } else if (giveUpTimer == NO_TIMER) {
      become(Status.STALE, false, 0, "tells of no instance");
      giveUpTimer = vertx.setTimer(Math.max(1, lookup.keepLast().toMillis()), due -> giveUp());
    }
  }

  @Override
  public void confirmed() {
    look();
    if (!closed && (state.status() == Status.CURRENT || state.status() == Status.EMPTY)) {
      become(state.status(), true, state.leftOut(), state.problem());
    }
  }

  @Override
  public void failed(String why) {
    look();
    if (!closed) {
      keep();
      state = state.failedOnceMore();
      become(wanted.isEmpty() ? Status.WAITING : Status.STALE, false, 0, why);
    }
  }

  /** Takes back what was published. */
  Future<Void> close() {
    closed = true;
    newest = null;
    look();
    keep();
    answered.tryComplete();
    wanted = Map.of();
    return settle();
  }

  /** What was told last holds on. */
  private void keep() {
    if (giveUpTimer != NO_TIMER) {
      vertx.cancelTimer(giveUpTimer);
      giveUpTimer = NO_TIMER;
    }
  }

  private void giveUp() {
    giveUpTimer = NO_TIMER;
    become(Status.EMPTY, true, 0, null);
    want(new FoundInstances(lookup));
  }

  private void want(FoundInstances found) {
    wanted = found.byEndpoint();
    settle().onComplete(done -> answered.tryComplete());
  }

  private void become(Status status, boolean confirmed, int leftOut, @Nullable String problem) {
    SourceState before = state;
    state = new SourceState(
        before.source(),
        status,
        confirmed ? System.nanoTime() : before.confirmedNanos(),
        confirmed || before.everConfirmed(),
        leftOut,
        problem,
        before.instances(),
        before.changes(),
        before.failures());
    if (status != before.status()) {
      tell(before.status());
    } else if (problem != null && before.problem() == null && status == Status.CURRENT) {
      event("source tells what is left out").field("because", problem).warn(LOG);
    }
  }

  private LogEvent event(String what) {
    return LogEvent.of(what).field("service", service).field("source", lookup.source());
  }

  /** Once per change: a source that stays away is one line, not one per attempt. */
  private void tell(Status before) {
    if (flaps(before)) {
      return;
    }
    String problem = state.problem();
    switch (state.status()) {
      case STALE ->
        event("last known instances are kept")
            .field("instances", wanted.size())
            .field("because", String.valueOf(problem))
            .warn(LOG);
      case WAITING ->
        event("service is not found yet")
            .field("because", String.valueOf(problem))
            .warn(LOG);
      case EMPTY ->
        event("service has no instance, calls are refused")
            .field("looked_up", lookup.name())
            .warn(LOG);
      case CURRENT -> {
        if (before == Status.WAITING) {
          event("service is found").info(LOG);
        } else {
          event("source tells of instances again").info(LOG);
        }
        if (problem != null) {
          event("source tells what is left out").field("because", problem).warn(LOG);
        }
      }
      case STATIC -> {}
    }
  }

  /** Whether a source comes and goes so fast that it has been told of already. */
  private boolean flaps(Status before) {
    if (state.status() == Status.STALE) {
      long now = System.nanoTime();
      flapping = staleNanos != 0 && now - staleNanos < FLAPPING_NANOS;
      staleNanos = now;
    }
    return flapping
        && state.status() != Status.EMPTY
        && (state.status() == Status.STALE || before == Status.STALE);
  }

  /** Brings what is published in step with what is wanted. One run at a time, so that the last word wins. */
  private Future<Void> settle() {
    Future<Void> running = settling;
    if (running != null) {
      again = true;
      return running;
    }
    Promise<Void> done = Promise.promise();
    settling = done.future();
    run(done);
    return done.future();
  }

  private void run(Promise<Void> done) {
    again = false;
    List<Supplier<Future<?>>> all = differences();
    settled = wanted;
    if (!all.isEmpty()) {
      state = state.changedTo(wanted.size());
    }
    step(all, 0, done);
  }

  private void step(List<Supplier<Future<?>>> all, int from, Promise<Void> done) {
    if (from >= all.size()) {
      if (again) {
        run(done);
      } else {
        settling = null;
        done.complete();
      }
      return;
    }
    int to = Math.min(all.size(), from + STEP);
    List<Future<?>> now = new ArrayList<>(to - from);
    all.subList(from, to).forEach(each -> now.add(each.get()));
    Future.join(now)
        .onFailure(e -> {
          settled = Map.of();
          LogEvent.of("not all instances could be published")
              .field("service", service)
              .cause(e)
              .warn(LOG);
        })
        .onComplete(stepped -> vertx.runOnContext(next -> step(all, to, done)));
  }

  /**
   * What has gone first. Lists are long, and mostly the same: an instance is only looked up where another one was in its place, and
   * what has gone only where something has.
   */
  private List<Supplier<Future<?>>> differences() {
    List<Supplier<Future<?>>> put = new ArrayList<>();
    Map<Endpoint, ServiceInstance> target = wanted;
    Iterator<ServiceInstance> before = settled.values().iterator();
    int kept = 0;
    for (ServiceInstance instance : target.values()) {
      if (before.hasNext() && before.next().equals(instance)) {
        kept++;
        continue;
      }
      Published known = published.get(instance.endpoint());
      if (known == null) {
        put.add(() -> publish(instance));
        continue;
      }
      kept++;
      if (!known.instance().equals(instance)) {
        put.add(() -> change(known, instance));
      }
    }
    if (kept == published.size()) {
      return put;
    }
    List<Supplier<Future<?>>> all = new ArrayList<>();
    published.forEach((endpoint, known) -> {
      if (!target.containsKey(endpoint)) {
        all.add(() -> withdraw(endpoint, known));
      }
    });
    all.addAll(put);
    return all;
  }

  private Future<?> publish(ServiceInstance instance) {
    return publisher
        .publish(Records.of(service, instance, scope))
        .onSuccess(record -> published.put(instance.endpoint(), new Published(instance, record)));
  }

  private Future<?> change(Published known, ServiceInstance instance) {
    Record record = Records.of(service, instance, scope)
        .setRegistration(known.record().getRegistration())
        .setStatus(known.record().getStatus());
    return publisher
        .update(record)
        .onSuccess(updated -> published.put(instance.endpoint(), new Published(instance, record)));
  }

  private Future<?> withdraw(Endpoint endpoint, Published known) {
    published.remove(endpoint);
    return publisher.unpublish(known.record().getRegistration());
  }
}

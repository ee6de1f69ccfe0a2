package dev.gatehouse.runtime.reload;

import dev.gatehouse.runtime.config.ConfigurationException;
import dev.gatehouse.runtime.discovery.ConfiguredEndpoints;
import dev.gatehouse.runtime.discovery.Endpoint;
import dev.gatehouse.runtime.policy.PolicyStore;
import dev.gatehouse.runtime.policy.ServicePolicy;
import dev.gatehouse.runtime.reload.ConfigurationState.Refused;
import dev.gatehouse.runtime.settings.LoadedSettings;
import dev.gatehouse.runtime.settings.SettingsFile;
import dev.gatehouse.runtime.upstream.ServiceSettings;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.internal.ContextInternal;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks at the configuration file again and again, by content, so that links that are turned, as Kubernetes does, and files that are
 * written anew are seen alike. What has changed is judged as a whole, as at the start: what cannot be used changes nothing. Of what
 * can be used, policies and endpoints hold at once, the rest after the next start. Thread-safe; it works on an event loop of its own.
 */
public final class ConfigurationReload {
  private static final Logger LOG = LoggerFactory.getLogger(ConfigurationReload.class);
  /** A file that is being written is read as a whole a moment later. */
  private static final Duration SETTLED_AFTER = Duration.ofMillis(100);

  private final Vertx vertx;
  private final Context loop;
  private final ReloadHost host;
  private final PolicyStore policies;
  private final InstantSource clock;
  private volatile ConfigurationState state;
  private SettingsFile seen;
  private Future<Void> looking = Future.succeededFuture();
  private long timer;
  private boolean closed;

  /**
   * @param started the configuration that the process began with
   * @param policies that follow it
   */
  public ConfigurationReload(
      Vertx vertx,
      LoadedSettings started,
      PolicyStore policies,
      ReloadHost host,
      InstantSource clock) {
    this.vertx = vertx;
    this.loop = vertx.getOrCreateContext();
    this.host = host;
    this.policies = policies;
    this.clock = clock;
    this.seen = started.file();
    this.state = ConfigurationState.begin(started, clock.instant());
  }

  /**
   * Goes on looking.
   *
   * @param interval between two looks; zero for none at all
   */
  public void start(Duration interval) {
    if (!interval.isZero()) {
      loop.runOnContext(on -> schedule(interval));
    }
  }

  private void schedule(Duration interval) {
    if (!closed) {
      timer = vertx.setTimer(
          interval.toMillis(), due -> lookOnLoop().onComplete(done -> schedule(interval)));
    }
  }

  /** Looks now. Completes when what has changed holds, or is refused, and never fails. */
  public Future<Void> look() {
    Promise<Void> done = Promise.promise();
    loop.runOnContext(on -> lookOnLoop().onComplete(done));
    return done.future();
  }

  /** Looks no more. */
  public void close() {
    loop.runOnContext(on -> {
      closed = true;
      vertx.cancelTimer(timer);
    });
  }

  /** Which configuration holds, since when, what waits for the next start, and what was refused; tells no values. */
  public JsonObject describe() {
    return state.json();
  }

  /** One look at a time. */
  private Future<Void> lookOnLoop() {
    Promise<Void> done = Promise.promise();
    looking.onComplete(before -> once()
        .onFailure(e -> LOG.error("The configuration cannot be looked at", e))
        .onComplete(looked -> done.complete()));
    looking = done.future();
    return looking;
  }

  private Future<Void> once() {
    if (closed) {
      return Future.succeededFuture();
    }
    return here(host.read())
        .compose(
            found -> found.equals(seen)
                ? same(found)
                : settled(found).compose(settled -> settled ? changed(found) : done()),
            e -> refuse(
                "unreadable",
                List.of(state.current().file().path() + ": " + e.getMessage()
                    + " (expected: a file that this process may read)")));
  }

  /** Has a result come on this event loop, wherever it was made. */
  private <T> Future<T> here(Future<T> elsewhere) {
    Promise<T> promise = ((ContextInternal) loop).promise();
    elsewhere.onComplete(promise);
    return promise.future();
  }

  private static Future<Void> done() {
    return Future.succeededFuture();
  }

  /** What is refused may lean on other files, which may have changed. */
  private Future<Void> same(SettingsFile found) {
    return state.refused() == null ? done() : changed(found);
  }

  private Future<Boolean> settled(SettingsFile found) {
    return vertx
        .timer(SETTLED_AFTER.toMillis(), TimeUnit.MILLISECONDS)
        .compose(later -> here(host.read()))
        .map(found::equals);
  }

  private Future<Void> changed(SettingsFile found) {
    seen = found;
    if (!found.isThere() && state.current().file().isThere()) {
      return refuse(
          found.version(),
          List.of(found.path()
              + ": is gone (expected: the file that was read before; to do without it, restart)"));
    }
    if (found.equals(state.current().file())) {
      LOG.info("The configuration in {} is again the one in use", found.path());
      state = state.recover();
      return done();
    }
    return here(host.load(found))
        .compose(loaded -> vertx
            .executeBlocking(() -> host.problems(loaded))
            .compose(problems ->
                problems.isEmpty() ? accept(loaded) : refuse(found.version(), problems)))
        .recover(e -> refuse(
            found.version(),
            e instanceof ConfigurationException wrong
                ? wrong.problems()
                : List.of(found.path() + ": cannot be used: " + e)));
  }

  /** Tells what is wrong, once. */
  private Future<Void> refuse(String version, List<String> problems) {
    Refused before = state.refused();
    if (before == null || !before.says(version, problems)) {
      state = state.refuse(new Refused(version, clock.instant(), problems));
      LOG.warn(
          "The changed configuration cannot be used, the former stays in use:\n  - {}",
          String.join("\n  - ", problems));
    }
    return done();
  }

  private Future<Void> accept(LoadedSettings loaded) {
    if (closed) {
      return done();
    }
    LoadedSettings before = state.current();
    Set<String> held = apply(loaded);
    Set<String> pending = new TreeSet<>(loaded.changedSince(state.started()));
    pending.removeIf(key -> isImmediate(key, held));
    Set<String> now = new TreeSet<>(loaded.changedSince(before));
    Set<String> later = new TreeSet<>(now);
    now.removeIf(key -> !isImmediate(key, held));
    later.retainAll(pending);
    state = state.accept(loaded, clock.instant(), pending);
    LOG.info(
        "The configuration was read anew from {}, version {}; what has changed at once: {}",
        loaded.file().path(),
        loaded.file().version(),
        now.isEmpty() ? "nothing" : String.join(", ", now));
    if (!later.isEmpty()) {
      LOG.warn(
          "The configuration in {} says what takes effect at the next start: {}",
          loaded.file().path(),
          String.join(", ", pending));
    }
    return done();
  }

  /**
   * Has the policies and the endpoints hold.
   *
   * @return the keys, and services, of which nothing holds yet
   */
  private Set<String> apply(LoadedSettings loaded) {
    Map<String, ServiceSettings> started = state.started().settings().services();
    Set<String> held = new TreeSet<>();
    loaded.settings().services().forEach((name, service) -> {
      ServiceSettings begun = started.get(name);
      if (begun == null) {
        held.add("services." + name);
        return;
      }
      policies.configure(name, usable(name, service.policy(), held));
      if (begun.discovery() != null || service.discovery() != null) {
        held.add("services." + name + ".endpoints");
      } else if (!service.endpoints().isEmpty() && !service.endpoints().equals(where(name))) {
        ConfiguredEndpoints.of(vertx).change(name, service.endpoints());
      }
    });
    return held;
  }

  private List<Endpoint> where(String service) {
    ServiceSettings known = state.current().settings().services().get(service);
    return known == null ? List.of() : known.endpoints();
  }

  private ServicePolicy usable(String service, ServicePolicy policy, Set<String> held) {
    if (policy.route().equals(policies.configured(service).route())
        || host.unreachable(service, policy.route().services()).isEmpty()) {
      return policy;
    }
    held.add("services." + service + ".routes");
    return policy.withRoute(policies.configured(service).route());
  }

  private static boolean isImmediate(String key, Set<String> held) {
    return LoadedSettings.isImmediate(key)
        && held.stream().noneMatch(each -> key.equals(each) || key.startsWith(each + "."));
  }
}

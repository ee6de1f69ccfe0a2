package dev.gatehouse.runtime.tls;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.shareddata.Shareable;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * All TLS files of a process: each is read once, whatever number of services and instances of BFFs use it. One thread of its own
 * looks at them, as reading files would hold up event loops; it lives as long as anybody uses a file. Thread-safe.
 */
public final class TlsWatches implements Shareable {
  private final Vertx vertx;
  private final Map<TlsSettings, TlsWatch> watches = new HashMap<>();
  private final TlsSource jdk;
  private @Nullable ScheduledExecutorService thread;
  private int users;

  private TlsWatches(Vertx vertx) {
    this.vertx = vertx;
    this.jdk = new JdkTrust(new TlsReader(vertx, TlsSettings.DEFAULT));
  }

  /** Those of a process. */
  public static TlsWatches of(Vertx vertx) {
    return vertx
        .sharedData()
        .<String, TlsWatches>getLocalMap("dev.gatehouse.tls")
        .computeIfAbsent("files", none -> new TlsWatches(vertx));
  }

  /**
   * Reads the files, and goes on looking at them.
   *
   * @return to be given back with {@link #release}; fails with a {@link TlsException} where they cannot be used
   */
  public Future<TlsSource> acquire(TlsSettings settings) {
    Promise<TlsSource> promise = Promise.promise();
    synchronized (this) {
      users++;
      ScheduledExecutorService running = thread();
      running.execute(() -> {
        try {
          if (settings.trust() == null && settings.certificate() == null) {
            jdk.current();
            promise.complete(jdk);
            leave();
          } else {
            promise.complete(watch(settings, running));
          }
        } catch (TlsException | RuntimeException e) {
          leave();
          promise.fail(e);
        }
      });
    }
    return promise.future();
  }

  /** What the JDK trusts, read when it is first needed. */
  public TlsSource jdk() {
    return jdk;
  }

  /** Always called on the one thread, so that two never make the same. */
  private TlsWatch watch(TlsSettings settings, ScheduledExecutorService running)
      throws TlsException {
    // Whom a certificate must be for is no matter of files.
    TlsSettings files = settings.withVerifyHost(true);
    TlsWatch known = known(files);
    return known != null ? known : known(files, new TlsWatch(vertx, files), running);
  }

  private synchronized @Nullable TlsWatch known(TlsSettings files) {
    TlsWatch watch = watches.get(files);
    if (watch != null) {
      watch.users(1);
    }
    return watch;
  }

  private synchronized TlsWatch known(
      TlsSettings files, TlsWatch watch, ScheduledExecutorService running) {
    watches.put(files, watch);
    long millis = files.watchInterval().toMillis();
    watch.looking(running.scheduleWithFixedDelay(watch::look, 0, millis, TimeUnit.MILLISECONDS));
    watch.users(1);
    return watch;
  }

  /** No longer needs what was acquired. */
  public synchronized void release(TlsSource source) {
    if (source instanceof TlsWatch watch) {
      if (watch.users(-1) == 0) {
        watch.looking(null);
        watches.values().remove(watch);
      }
      leave();
    }
  }

  private synchronized void leave() {
    users--;
    ScheduledExecutorService running = thread;
    if (users == 0 && running != null) {
      running.shutdown();
      thread = null;
    }
  }

  private ScheduledExecutorService thread() {
    ScheduledExecutorService running = thread;
    if (running == null) {
      running = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread made = new Thread(task, "gatehouse-tls");
        made.setDaemon(true);
        return made;
      });
      thread = running;
    }
    return running;
  }
}

package dev.gatehouse.runtime.discovery.file;

import dev.gatehouse.runtime.discovery.FoundInstances;
import dev.gatehouse.runtime.discovery.ServiceLookup;
import dev.gatehouse.runtime.discovery.Source;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Looks at files from a worker thread, one look at a time. */
final class FileSource implements Source {
  private final Vertx vertx;
  private final ServiceFiles files;
  private final Map<Watch, Watched> watches = new HashMap<>();
  private final long timer;
  private boolean looking;
  private @Nullable Look last;

  private record Watched(ServiceLookup lookup, Listener listener) {}

  /**
   * What one look found.
   *
   * @param unchanged whether the look before found the same, so that nothing was read
   * @param listed null where something is wrong
   * @param problem null where nothing is wrong
   */
  record Look(
      boolean unchanged,
      @Nullable ListedServices listed,
      @Nullable String problem) {}

  FileSource(Vertx vertx, FileSettings settings) {
    this.vertx = vertx;
    this.files = new ServiceFiles(settings.paths());
    this.timer = vertx.setPeriodic(settings.every().toMillis(), due -> look());
    look();
  }

  @Override
  public Watch watch(ServiceLookup lookup, Listener listener) {
    Watched watched = new Watched(lookup, listener);
    Watch watch = new Watch() {
      @Override
      public void close() {
        watches.remove(this);
      }
    };
    watches.put(watch, watched);
    Look known = last;
    if (known != null) {
      vertx.runOnContext(later -> {
        if (watches.containsKey(watch)) {
          tell(watched, known);
        }
      });
    }
    return watch;
  }

  private void look() {
    if (looking) {
      return;
    }
    looking = true;
    vertx
        .executeBlocking(files::look, false)
        .onComplete(this::looked, e -> looked(new Look(false, null, String.valueOf(e))));
  }

  private void looked(Look look) {
    looking = false;
    if (look.unchanged()) {
      Map.copyOf(watches).values().forEach(this::confirm);
    } else {
      last = look;
      Map.copyOf(watches).values().forEach(watched -> tell(watched, look));
    }
  }

  private void confirm(Watched watched) {
    Look known = last;
    if (known != null && known.problem() == null) {
      watched.listener().confirmed();
    }
  }

  private static void tell(Watched watched, Look look) {
    ListedServices listed = look.listed();
    if (listed == null) {
      watched.listener().failed(String.valueOf(look.problem()));
    } else {
      FoundInstances found = new FoundInstances(watched.lookup());
      listed.addTo(found, watched.lookup().name());
      watched.listener().found(found);
    }
  }

  @Override
  public Future<Void> close() {
    vertx.cancelTimer(timer);
    watches.clear();
    return Future.succeededFuture();
  }
}

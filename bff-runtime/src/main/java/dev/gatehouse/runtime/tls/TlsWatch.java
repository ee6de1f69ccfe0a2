package dev.gatehouse.runtime.tls;

import dev.gatehouse.runtime.log.LogEvent;
import io.vertx.core.Vertx;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ScheduledFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Files with TLS material, looked at again and again by content, so that links that are swapped, as Kubernetes does, and files that
 * are written anew are seen alike. What cannot be used, such as a pair of which only one half is there yet, changes nothing.
 */
final class TlsWatch implements TlsSource {
  private static final Logger LOG = LoggerFactory.getLogger(TlsWatch.class);
  private static final Duration LONGEST_WARNING = Duration.ofDays(7);
  /** Of a certificate's life, for those that live shorter than weeks. */
  private static final int WARNING_SHARE = 5;

  private final TlsSettings settings;
  private final TlsReader reader;
  private final List<Consumer<TlsMaterial>> listeners = new CopyOnWriteArrayList<>();
  private volatile TlsMaterial current;
  private TlsContents seen;
  private @Nullable String complaint;
  private @Nullable Instant warned;
  private @Nullable ScheduledFuture<?> looking;
  private int users;

  /**
   * Reads the files.
   *
   * @throws TlsException where they are not usable
   */
  TlsWatch(Vertx vertx, TlsSettings settings) throws TlsException {
    this.settings = settings;
    this.reader = new TlsReader(vertx, settings);
    this.seen = TlsContents.read(settings);
    this.current = reader.read(seen);
  }

  /** Notes by what it is called again and again, or that it no longer is. */
  void looking(@Nullable ScheduledFuture<?> looking) {
    ScheduledFuture<?> before = this.looking;
    if (before != null) {
      before.cancel(false);
    }
    this.looking = looking;
  }

  /** Counts who uses it; answers how many do. */
  int users(int more) {
    users += more;
    return users;
  }

  @Override
  public TlsMaterial current() {
    return current;
  }

  @Override
  public Runnable listen(Consumer<TlsMaterial> listener) {
    listeners.add(listener);
    return () -> listeners.remove(listener);
  }

  /** Takes over what has changed. Always called on the same thread. */
  void look() {
    try {
      TlsContents found = TlsContents.read(settings);
      if (!found.equals(seen)) {
        seen = found;
        complaint = null;
        TlsMaterial material = reader.read(found);
        current = material;
        warned = null;
        LogEvent.of("TLS material was replaced").field("material", settings).info(LOG);
        listeners.forEach(listener -> listener.accept(material));
      }
    } catch (TlsException e) {
      if (!String.valueOf(e.getMessage()).equals(complaint)) {
        complaint = e.getMessage();
        LogEvent.of("TLS material cannot be replaced, the former stays in use")
            .field("because", String.valueOf(e.getMessage()))
            .warn(LOG);
      }
    } catch (RuntimeException e) {
      LogEvent.of("TLS material cannot be looked at")
          .field("material", settings)
          .cause(e)
          .error(LOG);
    }
    warnOfExpiry(Instant.now());
  }

  /** Once when the end is near, and once when it has come. */
  private void warnOfExpiry(Instant now) {
    X509Certificate certificate = current.certificate();
    if (certificate == null) {
      return;
    }
    Instant end = certificate.getNotAfter().toInstant();
    Duration share =
        Duration.between(certificate.getNotBefore().toInstant(), end).dividedBy(WARNING_SHARE);
    Instant soon = end.minus(share.compareTo(LONGEST_WARNING) < 0 ? share : LONGEST_WARNING);
    Instant due = now.isBefore(end) ? soon : end;
    if (!now.isBefore(due) && !due.equals(warned)) {
      warned = due;
      LogEvent.of(now.isBefore(end) ? "certificate expires" : "certificate has expired")
          .field("subject", certificate.getSubjectX500Principal())
          .field("at", end)
          .field("tls.certificate", String.valueOf(settings.certificate()))
          .warn(LOG);
    }
  }
}

package dev.gatehouse.runtime.discovery;

import io.vertx.core.Vertx;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Where a source of instances is, and how to speak to it. Immutable; two that are equal share one {@link Source} per process.
 *
 * <p>Nothing is dialled before {@link #open}, and that is called only where a service is to be found there.
 */
public interface SourceSettings {
  /** How long a source may usually take for an answer. */
  Duration TIMEOUT = Duration.ofSeconds(10);

  /** What kind of source it is, such as {@code consul}; for logs, pages and meters. */
  String label();

  /**
   * What to call a service by ({@code Host}, and the name of its certificate) where it is found as bare addresses; null for the
   * addresses themselves.
   */
  default @Nullable String authority(ServiceLookup lookup) {
    return null;
  }

  /**
   * Opens the source.
   *
   * @param vertx to be used on the current event loop, which owns the source from now on
   * @throws IllegalStateException where it cannot work in this process, telling what is missing
   */
  Source open(Vertx vertx);
}

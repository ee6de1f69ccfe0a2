package dev.gatehouse.rest.internal.answer;

import dev.gatehouse.runtime.engine.Answer;
import dev.gatehouse.runtime.engine.Freshness;

/** What caches may do with an answer (RFC 9111, section 5.2.2). */
public final class CacheControl {
  /** No cache may keep it. */
  public static final String NO_STORE = "no-store";

  private static final String PRIVATE_REVALIDATE = "private, no-cache";
  private static final String PUBLIC_REVALIDATE = "public, no-cache";
  private static final int LONGEST_SECONDS = 31_536_000;

  private CacheControl() {}

  /**
   * The header for the answer to a {@code GET}.
   *
   * @param dependsOnCaller whether who asks decided about it, as its data or as whether it may be seen
   */
  public static String of(Answer answer, boolean dependsOnCaller) {
    Freshness freshness = answer.freshness();
    // What is degraded now may be whole at the next try.
    if (!freshness.storable() || !answer.losses().isEmpty()) {
      return NO_STORE;
    }
    boolean isPrivate = dependsOnCaller || answer.dependsOnCaller() || !freshness.shared();
    if (freshness.maxAgeSeconds() <= 0) {
      return isPrivate ? PRIVATE_REVALIDATE : PUBLIC_REVALIDATE;
    }
    return (isPrivate ? "private, max-age=" : "public, max-age=")
        + Math.min(LONGEST_SECONDS, freshness.maxAgeSeconds());
  }
}

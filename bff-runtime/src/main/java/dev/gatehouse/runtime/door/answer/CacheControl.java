package dev.gatehouse.runtime.door.answer;

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
    return of(
        answer.freshness(),
        !answer.losses().isEmpty(),
        dependsOnCaller || answer.dependsOnCaller());
  }

  /**
   * The header for the answer to a {@code GET} that is made of several.
   *
   * @param freshness what all of them allow
   * @param degraded whether any of them lost something
   * @param dependsOnCaller whether who asks decided about any of them
   */
  public static String of(Freshness freshness, boolean degraded, boolean dependsOnCaller) {
    // What is degraded now may be whole at the next try.
    if (!freshness.storable() || degraded) {
      return NO_STORE;
    }
    boolean isPrivate = dependsOnCaller || !freshness.shared();
    if (freshness.maxAgeSeconds() <= 0) {
      return isPrivate ? PRIVATE_REVALIDATE : PUBLIC_REVALIDATE;
    }
    return (isPrivate ? "private, max-age=" : "public, max-age=")
        + Math.min(LONGEST_SECONDS, freshness.maxAgeSeconds());
  }
}

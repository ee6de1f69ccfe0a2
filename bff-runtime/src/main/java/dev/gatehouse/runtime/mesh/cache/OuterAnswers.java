package dev.gatehouse.runtime.mesh.cache;

import dev.gatehouse.runtime.mesh.cache.OuterStore.Look;
import io.vertx.core.Future;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * One service's answers in a store that other processes use, too. Keys are digests: what the service was told, such as a token, does not
 * get there, and nobody finds an answer who does not tell the service the same. Confined to one event loop.
 */
final class OuterAnswers {
  /** No answer is kept for longer, whatever the service says. */
  private static final long MOST_SECONDS = Duration.ofHours(24).toSeconds();
  /** How long an answer is kept that can be asked for under a condition, once it is of no other use. */
  private static final long FOR_CONDITIONS_SECONDS = Duration.ofMinutes(10).toSeconds();
  /** Of another process's clock; beyond, what it says of ages is not believed. */
  private static final long MOST_AHEAD_MILLIS = Duration.ofMinutes(1).toMillis();

  private static final int PLACE_BYTES = 12;

  private final OuterStore store;
  private final String service;
  private final InstantSource clock;

  OuterAnswers(OuterStore store, String service, InstantSource clock) {
    this.store = store;
    this.service = service;
    this.clock = clock;
  }

  /**
   * What was found.
   *
   * @param digest of the key
   * @param answer null where there is none
   */
  record Found(
      String place, byte[] digest, Look look, @Nullable StoredAnswer answer) {}

  /** Never fails, and completes within {@link #timeout()}. */
  Future<Found> find(CallKey key) {
    String place = place(key.place());
    byte[] digest = digest(key.toString());
    return store.look(place, name(digest)).map(look -> found(place, digest, look));
  }

  private Found found(String place, byte[] digest, Look look) {
    byte[] value = look.value();
    StoredAnswer answer = value == null ? null : AnswerCodec.decode(value, digest);
    if (answer != null && answer.datedMillis() > clock.millis() + MOST_AHEAD_MILLIS) {
      answer = null;
    }
    if (value != null && answer == null) {
      store.reject(place, name(digest));
    }
    return new Found(place, digest, look, answer);
  }

  Duration timeout() {
    return store.timeout();
  }

  /**
   * Keeps an answer.
   *
   * @param found before it was asked for
   * @param onErrorSeconds how long it may stand in where the service fails and says nothing about that
   */
  void keep(Found found, StoredAnswer answer, long onErrorSeconds) {
    long life = lifeSeconds(answer, onErrorSeconds);
    if (life > 0 && found.look().generation() != null) {
      store.keep(
          found.place(),
          name(found.digest()),
          found.look(),
          AnswerCodec.encode(answer, found.digest()),
          Duration.ofSeconds(life));
    }
  }

  private long lifeSeconds(StoredAnswer answer, long bySeconds) {
    long stale = 0;
    if (answer.mayBeStale()) {
      long onError = answer.staleIfErrorSeconds() >= 0 ? answer.staleIfErrorSeconds() : bySeconds;
      stale = Math.max(onError, answer.staleWhileRevalidateSeconds());
    }
    if (answer.hasValidator()) {
      stale = Math.max(stale, FOR_CONDITIONS_SECONDS);
    }
    return Math.min(
        MOST_SECONDS, answer.freshSeconds() + stale - answer.ageSeconds(clock.millis()));
  }

  /** Forgets what was found, or would have been. */
  void drop(Found found) {
    store.drop(found.place(), name(found.digest()));
  }

  /** As {@link OuterStore#forget}. */
  Future<Void> forget(String place) {
    return store.forget(place(place));
  }

  OuterStore store() {
    return store;
  }

  private String place(String place) {
    return service + ":" + HexFormat.of().formatHex(Arrays.copyOf(digest(place), PLACE_BYTES));
  }

  private static String name(byte[] digest) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(digest);
  }

  private static byte[] digest(String text) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("SHA-256: not there (expected: in every JDK)", e);
    }
  }
}

package dev.gatehouse.runtime.mesh.cache;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.RemovalCause;
import dev.gatehouse.runtime.config.CacheSettings;
import dev.gatehouse.runtime.mesh.layer.Levels;
import io.micrometer.core.instrument.Tags;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLongArray;
import org.jspecify.annotations.Nullable;

/** Answers that are kept in memory, of all services of a BFF; the ones that are used least give way. Thread-safe. */
public final class AnswerStore {
  private static final int STRIPES = 1024; // a power of two

  private final Cache<CallKey, StoredAnswer> answers;
  /** The keys under which something is kept, by place. */
  private final Map<String, Set<CallKey>> places = new ConcurrentHashMap<>();
  /** How often something was forgotten, by place: an answer that was asked for before that comes too late. */
  private final AtomicLongArray epochs = new AtomicLongArray(STRIPES);

  private final AtomicBoolean metered = new AtomicBoolean();

  /** Of the size that a BFF has for it. */
  public AnswerStore() {
    this(CacheSettings.DEFAULT.maxBytes());
  }

  /**
   * @param maxBytes roughly the most memory that it takes
   */
  public AnswerStore(long maxBytes) {
    this.answers = Caffeine.newBuilder()
        .maximumWeight(maxBytes)
        .weigher((CallKey key, StoredAnswer answer) -> key.weight() + answer.weight())
        .executor(Runnable::run)
        .removalListener(this::removed)
        .build();
  }

  /** Gives it another size. */
  public void maxBytes(long maxBytes) {
    answers.policy().eviction().orElseThrow().setMaximum(maxBytes);
  }

  /** Shows how much it takes. Of the calls of several instances the first counts. */
  public void meter(Levels levels, String bff) {
    if (metered.compareAndSet(false, true)) {
      levels.show(
          "gatehouse.mesh.cache.bytes",
          "Memory that kept answers take, of all services of a BFF together",
          "bytes",
          Tags.of("bff", bff),
          this,
          AnswerStore::bytes);
    }
  }

  private void removed(@Nullable CallKey key, @Nullable StoredAnswer answer, RemovalCause cause) {
    if (key != null && cause != RemovalCause.REPLACED) {
      forgetPlace(key);
    }
  }

  /** Whatever is kept has its place, however instances keep and forget at once: a place is left only by what is not kept. */
  private void forgetPlace(CallKey key) {
    places.computeIfPresent(key.place(), (place, keys) -> {
      if (!answers.asMap().containsKey(key)) {
        keys.remove(key);
      }
      return keys.isEmpty() ? null : keys;
    });
  }

  @Nullable StoredAnswer find(CallKey key) {
    return answers.getIfPresent(key);
  }

  /** To be asked for before a call is sent whose answer may be kept. */
  long epoch(CallKey key) {
    return epochs.get(stripe(key.place()));
  }

  /**
   * Keeps an answer.
   *
   * @param epoch when it was asked for
   * @return false where it may tell what has been changed meanwhile
   */
  boolean put(CallKey key, StoredAnswer answer, long epoch) {
    answers.put(key, answer);
    places.compute(key.place(), (place, before) -> {
      Set<CallKey> keys = before == null ? ConcurrentHashMap.newKeySet(2) : before;
      keys.add(key);
      return keys;
    });
    forgetPlace(key); // where it gave way already
    if (epoch(key) != epoch) {
      answers.invalidate(key);
      return false;
    }
    return true;
  }

  void remove(CallKey key) {
    answers.invalidate(key);
  }

  /** Forgets all answers of a place, and those that are on their way. */
  void forget(String place) {
    epochs.incrementAndGet(stripe(place));
    Set<CallKey> keys = places.get(place);
    if (keys != null) {
      keys.forEach(answers::invalidate);
    }
  }

  /** Roughly the memory that it takes. */
  public long bytes() {
    return answers.policy().eviction().orElseThrow().weightedSize().orElse(0);
  }

  private static int stripe(String place) {
    int hash = place.hashCode();
    return (hash ^ (hash >>> 16)) & (STRIPES - 1);
  }
}

package dev.gatehouse.runtime.policy;

import java.time.Duration;

/**
 * Which answers to safe calls are used more than once. Immutable.
 *
 * @param stored whether answers are kept as long as the service says that they are fresh (RFC 9111)
 * @param shared whether calls that are the same, and under way at the same time, are sent once
 * @param staleIfError how long an answer that is no longer fresh may stand in where the service fails, where the service says
 *     nothing about that (RFC 5861); zero for not at all
 * @param store where answers are kept
 */
public record CachePolicy(boolean stored, boolean shared, Duration staleIfError, Store store) {

  /** Where answers are kept. */
  public enum Store {
    /** In the process. */
    MEMORY,
    /** In the process, and in the Redis that is configured, for other processes and later ones; where none is, as {@link #MEMORY}. */
    REDIS
  }

  /** Nothing is kept, and the same calls at the same time are one. */
  public static final CachePolicy DEFAULT =
      new CachePolicy(false, true, Duration.ZERO, Store.MEMORY);
  /** Each call is sent. */
  public static final CachePolicy OFF = DEFAULT.withShared(false);

  public boolean enabled() {
    return stored || shared;
  }

  public CachePolicy withStored(boolean stored) {
    return new CachePolicy(stored, shared, staleIfError, store);
  }

  public CachePolicy withShared(boolean shared) {
    return new CachePolicy(stored, shared, staleIfError, store);
  }

  public CachePolicy withStaleIfError(Duration staleIfError) {
    return new CachePolicy(stored, shared, staleIfError, store);
  }

  public CachePolicy withStore(Store store) {
    return new CachePolicy(stored, shared, staleIfError, store);
  }
}

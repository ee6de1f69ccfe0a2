package dev.gatehouse.runtime.engine;

/**
 * How long an answer may be kept, after RFC 9111: never longer than its least cacheable part.
 *
 * @param storable whether any cache may keep it
 * @param shared whether a shared cache may
 * @param maxAgeSeconds how long it is fresh from now on; 0 where it must be revalidated first
 */
public record Freshness(boolean storable, boolean shared, int maxAgeSeconds) {

  /** May be kept for ever: where no call was made. */
  public static final Freshness UNLIMITED = new Freshness(true, true, Integer.MAX_VALUE);

  /** May not be kept at all. */
  public static final Freshness NO_STORE = new Freshness(false, false, 0);

  /** May be kept, but not used without asking: what an answer says nothing about. */
  public static final Freshness REVALIDATE = new Freshness(true, true, 0);

  /** What holds for an answer made of two parts. */
  public Freshness and(Freshness other) {
    if (equals(other)) {
      return this;
    }
    return new Freshness(
        storable && other.storable,
        shared && other.shared,
        Math.min(maxAgeSeconds, other.maxAgeSeconds));
  }
}

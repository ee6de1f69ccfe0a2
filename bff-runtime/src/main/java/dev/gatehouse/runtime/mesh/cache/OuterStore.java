package dev.gatehouse.runtime.mesh.cache;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Keeps answers for other processes, too, as bytes under names. It never fails and never holds anything up for longer than it says: what
 * cannot be had in time is not there, and what cannot be kept is not kept. Confined to one event loop.
 *
 * <p>What is kept belongs to a place. Forgetting a place hides all that was kept of it, and all that is still going to be kept of it by
 * those who looked before.
 */
public interface OuterStore {
  /**
   * What a look into it has shown.
   *
   * @param generation of the place at that time, as the store names it; null where it could not be asked
   * @param value null where there is none that counts
   */
  record Look(@Nullable Object generation, byte @Nullable [] value) {
    /** Nothing, as nobody could be asked. */
    public static final Look NONE = new Look(null, null);
  }

  /** Looks for what is kept under a key. Never fails, and completes within {@link #timeout()}. */
  Future<Look> look(String place, String key);

  /** The longest time that a look takes. */
  Duration timeout();

  /**
   * Keeps a value under a key, if nobody has forgotten the place since a look. Nobody is told whether that worked.
   *
   * @param look into the place, from before the value was asked for
   * @param life after which it is forgotten
   */
  void keep(String place, String key, Look look, byte[] value, Duration life);

  /** Forgets what is kept under a key. Nobody is told whether that worked. */
  void drop(String place, String key);

  /** As {@link #drop}, of a value that could not be read. */
  void reject(String place, String key);

  /** Forgets a place; completes when nobody finds anything there any more, or when it is too late to wait for that. Never fails. */
  Future<Void> forget(String place);

  /** Tells an operator how it is. */
  void describe(JsonObject into);

  Future<Void> close();
}

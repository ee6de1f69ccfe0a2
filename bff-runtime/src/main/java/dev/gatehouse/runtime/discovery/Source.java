package dev.gatehouse.runtime.discovery;

import io.vertx.core.Future;
import java.util.function.Supplier;

/**
 * Something outside of the process that knows which instances services have.
 *
 * <p>Confined to one event loop. It connects, waits and tries again by itself, and tells what it hears; what becomes of an empty
 * answer, or of none, is decided by those who listen.
 */
public interface Source {

  /** Begins to follow a service, until the watch is closed. */
  Watch watch(ServiceLookup lookup, Listener listener);

  /** Leaves the source: no connection, timer or thread stays. All watches have been closed before. */
  Future<Void> close();

  /** Following one service. */
  interface Watch {
    /** Stops. The listener is told nothing more. Closing twice is harmless. */
    void close();
  }

  /** Is told, on the source's event loop, what becomes of one service. */
  interface Listener {

    /**
     * These are all instances there are now.
     *
     * @param instances asked for the list at once or, where a long one was asked for just before, a moment later and only if nothing
     *     newer was found by then: so that a list of thousands is not made with each change. Called on the source's event loop, at
     *     most once
     */
    void found(Supplier<FoundInstances> instances);

    /** These are all instances there are now. */
    default void found(FoundInstances instances) {
      found(() -> instances);
    }

    /** What was told last still holds. */
    void confirmed();

    /**
     * The source could not be asked, or did not answer in its own terms; it will be asked again.
     *
     * @param why for operators: what was tried, what was found, what was expected
     */
    void failed(String why);
  }
}

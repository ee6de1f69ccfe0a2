package dev.gatehouse.runtime.events;

/** One subscriber's hold on a source. Confined to one event loop. */
public interface EventSubscription {

  /** Whether {@link #pause()} keeps the source from sending, so that nothing is lost. */
  boolean isPausable();

  /** Tells no event until {@link #resume()}; a source that cannot be paused is not affected. */
  void pause();

  void resume();

  /** Ends it, and lets go of all it holds, such as connections. Nothing is told any more. Harmless after the end. */
  void close();
}

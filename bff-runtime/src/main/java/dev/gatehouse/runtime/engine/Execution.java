package dev.gatehouse.runtime.engine;

import dev.gatehouse.runtime.upstream.FailureClass;

/** One run of a plan. Confined to one event loop. */
public interface Execution {

  /**
   * Gives the run up, for instance because the client went away: all calls in flight are cancelled at once. The answer then comes
   * with failure {@code CANCELLED}. Harmless after the answer.
   */
  void cancel(FailureClass reason);
}

package dev.gatehouse.runtime.engine;

import dev.gatehouse.dsl.graph.OperationSpec;

/** Is told of every call when it has ended. Called on the event loop; must be quick and must not throw. */
@FunctionalInterface
public interface CallObserver {

  /** Looks at nothing. */
  CallObserver NONE = (operation, record) -> {};

  /**
   * @param operation always the same object for one operation, so that meters can be looked up by identity
   */
  void called(OperationSpec operation, Answer.CallRecord record);
}

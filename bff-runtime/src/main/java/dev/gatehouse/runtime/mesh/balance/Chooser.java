package dev.gatehouse.runtime.mesh.balance;

/** One way to choose among candidates that stay the same. Confined to one event loop. */
interface Chooser {

  /**
   * Chooses one.
   *
   * @param now on the clock of the layer
   */
  Instance choose(long now);
}

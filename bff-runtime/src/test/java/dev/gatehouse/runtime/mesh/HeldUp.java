package dev.gatehouse.runtime.mesh;

import dev.gatehouse.runtime.mesh.layer.LayerLoop;

/** How long an event loop could not do what was due, all in all: because of the machine, other work, or garbage collection. */
final class HeldUp {
  private static final int TICK_MILLIS = 2;

  private final LayerLoop loop;
  private long tickedNanos;
  private long heldUpNanos;

  HeldUp(LayerLoop loop) {
    this.loop = loop;
    loop.on(() -> {
      tickedNanos = System.nanoTime();
      next();
      return null;
    });
  }

  /** As of now. */
  long nanos() {
    return loop.on(() -> heldUpNanos + System.nanoTime() - tickedNanos);
  }

  private void next() {
    loop.later(TICK_MILLIS, () -> {
      long now = System.nanoTime();
      heldUpNanos += Math.max(0, now - tickedNanos - TICK_MILLIS * 1_000_000L);
      tickedNanos = now;
      next();
    });
  }
}

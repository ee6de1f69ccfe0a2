package dev.gatehouse.runtime.mesh;

import dev.gatehouse.runtime.time.TimerWheel;

/** Lets tests of other packages see what a mesh client waits for. */
public final class MeshTimers {
  private MeshTimers() {}

  public static TimerWheel of(Mesh mesh) {
    return mesh.timers();
  }
}

package dev.gatehouse.runtime.mesh.balance;

/** Each in turn. Counts in steps that wrap at the end, so that it can go on for ever. */
final class RoundRobin {
  private int next;

  /** Has the next turn begin with one. */
  void begin(int index) {
    next = index;
  }

  /**
   * @param count how many there are now; at least one
   * @return the index of one
   */
  int select(int count) {
    int chosen = next < count ? next : 0;
    next = chosen + 1;
    return chosen;
  }
}

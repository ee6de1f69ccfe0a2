package dev.gatehouse.benchmarks.load;

import java.nio.channels.Selector;
import java.util.concurrent.locks.LockSupport;

/**
 * Wakes a selector whenever a request is due. A selector's own timeout counts in milliseconds, which would show as
 * latency that the server did not cause. Ends with its last wake-up, or with the selector.
 */
final class Pacer extends Thread {
  private final Selector selector;
  private final long start;
  private final double nanosBetween;
  private final long total;

  Pacer(Selector selector, long start, double nanosBetween, long total) {
    super("pacer");
    setDaemon(true);
    this.selector = selector;
    this.start = start;
    this.nanosBetween = nanosBetween;
    this.total = total;
  }

  @Override
  public void run() {
    for (long i = 0; i < total && selector.isOpen(); i++) {
      long due = start + (long) (i * nanosBetween);
      for (long wait = due - System.nanoTime(); wait > 0; wait = due - System.nanoTime()) {
        LockSupport.parkNanos(this, wait);
      }
      selector.wakeup();
    }
  }
}

package dev.gatehouse.runtime.upstream.http;

/** How long nothing was heard on a stream, and whether that is too long. Confined to one event loop. */
final class Silence {
  /** What to do about it. */
  enum Verdict {
    WAIT,
    /** For a sign of life, where the protocol has such a question: once, at half the time. */
    ASK,
    LOST
  }

  private final long mostNanos;
  private long since;
  private boolean asked;

  /**
   * @param mostNanos after which the other side counts as lost
   */
  Silence(long mostNanos) {
    this.mostNanos = mostNanos;
  }

  /** Something was heard, whatever it was; silence is counted from now on. */
  void broken(long now) {
    since = now;
    asked = false;
  }

  Verdict verdict(long now) {
    long silent = now - since;
    if (silent >= mostNanos) {
      return Verdict.LOST;
    }
    if (asked || silent < mostNanos / 2) {
      return Verdict.WAIT;
    }
    asked = true;
    return Verdict.ASK;
  }

  /** When to look again. */
  long nextLook() {
    return since + (asked ? mostNanos : mostNanos / 2);
  }

  /** For messages. */
  String text() {
    return "silent for " + mostNanos / 1_000_000 + " ms (stream-idle-timeout)";
  }
}

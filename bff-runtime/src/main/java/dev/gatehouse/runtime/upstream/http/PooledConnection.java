package dev.gatehouse.runtime.upstream.http;

import io.vertx.core.http.HttpClientConnection;

/** A connection of a pool, with what the pool needs to know about it. */
final class PooledConnection {
  /** More would make one of the server's threads do all the work. */
  private static final int MAX_STREAMS = 256;
  /** Stream identifiers have 31 bits, every other one is ours, and none is used twice. */
  private static final int MAX_USES = 1 << 29;

  private final HttpClientConnection http;
  private final boolean multiplexed;
  private int active;
  private int uses;
  private long idleSinceNanos;
  private int lastStream = Integer.MAX_VALUE;
  private boolean retired;
  private boolean gone;

  PooledConnection(HttpClientConnection http, long nowNanos) {
    this.http = http;
    this.idleSinceNanos = nowNanos;
    this.multiplexed = http.getWindowSize() >= 0; // -1 for HTTP/1.x, by contract
  }

  HttpClientConnection http() {
    return http;
  }

  /** Whether it is HTTP/2. */
  boolean isMultiplexed() {
    return multiplexed;
  }

  /** Whether another call has used it before the one that uses it now. */
  boolean isReused() {
    return uses > 1;
  }

  boolean isUnused() {
    return active == 0;
  }

  long idleSinceNanos() {
    return idleSinceNanos;
  }

  /** Whether another call may be sent on it right now. */
  boolean hasRoom() {
    // A stream whose last byte has been told counts as active for the protocol until the handler
    // has returned.
    return !retired
        && active < maxStreams()
        && (active == 0 || http.activeStreams() < http.maxActiveStreams());
  }

  int maxStreams() {
    return multiplexed ? (int) Math.min(MAX_STREAMS, http.maxActiveStreams()) : 1;
  }

  void taken() {
    active++;
    uses++;
    if (uses >= MAX_USES) {
      retired = true;
    }
  }

  void returned(long nowNanos) {
    active--;
    idleSinceNanos = nowNanos;
  }

  /** No new calls on it: the server said that it goes away, or it has been used up. */
  void retire() {
    retired = true;
  }

  /** The server said which streams it still looks at. */
  void goesAwayAfter(int lastStreamId) {
    lastStream = lastStreamId;
  }

  /** Whether the server said that it does not look at a stream. */
  boolean isUnseen(int streamId) {
    return streamId > lastStream;
  }

  boolean isRetired() {
    return retired;
  }

  /** Marks it as closed; tells whether it was not before. */
  boolean markGone() {
    boolean first = !gone;
    gone = true;
    retired = true;
    return first;
  }
}

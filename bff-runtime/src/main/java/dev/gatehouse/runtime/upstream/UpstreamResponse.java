package dev.gatehouse.runtime.upstream;

import io.vertx.core.MultiMap;

/**
 * A whole answer.
 *
 * @param status the HTTP status
 * @param headers not to be changed
 * @param body holds the bytes; never changed after this was made
 * @param from where they begin
 * @param to where they end, exclusive
 */
public record UpstreamResponse(int status, MultiMap headers, byte[] body, int from, int to) {

  /** The body's length in bytes. */
  public int length() {
    return to - from;
  }
}

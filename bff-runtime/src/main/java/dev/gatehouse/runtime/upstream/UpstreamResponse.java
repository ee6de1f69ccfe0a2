package dev.gatehouse.runtime.upstream;

import io.vertx.core.MultiMap;
import org.jspecify.annotations.Nullable;

/**
 * A whole answer.
 *
 * @param status the HTTP status
 * @param headers not to be changed
 * @param body holds the bytes; never changed after this was made
 * @param from where they begin
 * @param to where they end, exclusive
 * @param standsInFor what has become of the call, where this is an older answer that stands in for one that the service failed to give;
 *     null where the service has answered
 */
public record UpstreamResponse(
    int status,
    MultiMap headers,
    byte[] body,
    int from,
    int to,
    @Nullable FailureClass standsInFor) {

  /** The service's answer to this very call, or one that is as good. */
  public UpstreamResponse(int status, MultiMap headers, byte[] body, int from, int to) {
    this(status, headers, body, from, to, null);
  }

  /** The body's length in bytes. */
  public int length() {
    return to - from;
  }
}

package dev.gatehouse.runtime.mesh.cache;

import dev.gatehouse.runtime.upstream.FailureClass;
import dev.gatehouse.runtime.upstream.UpstreamResponse;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import java.util.Arrays;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An answer that is kept. Immutable; shared by event loops.
 *
 * @param headers never changed
 * @param body never changed
 * @param datedMillis when it would have been made if it had been of age 0 then; since 1970
 * @param freshSeconds how long it is fresh, from that time on
 * @param staleWhileRevalidateSeconds how long it may be used after that while a new one is fetched
 * @param staleIfErrorSeconds how long it may be used after that where the service fails; -1 where the service says nothing
 * @param mayBeStale whether it may be used at all after that; nobody can allow what the service forbids
 */
record StoredAnswer(
    int status,
    MultiMap headers,
    byte[] body,
    long datedMillis,
    long freshSeconds,
    long staleWhileRevalidateSeconds,
    long staleIfErrorSeconds,
    boolean mayBeStale) {

  long ageSeconds(long nowMillis) {
    return Math.max(0, (nowMillis - datedMillis) / 1000);
  }

  boolean isFresh(long nowMillis) {
    return nowMillis - datedMillis < freshSeconds * 1000;
  }

  boolean isUsableWhileRevalidating(long nowMillis) {
    return mayBeStale && staleFor(nowMillis) < staleWhileRevalidateSeconds * 1000;
  }

  /**
   * Whether it may stand in for an answer that cannot be had.
   *
   * @param bySeconds how long that is where the service says nothing
   */
  boolean isUsableOnError(long nowMillis, long bySeconds) {
    long seconds = staleIfErrorSeconds >= 0 ? staleIfErrorSeconds : bySeconds;
    return mayBeStale && staleFor(nowMillis) < seconds * 1000;
  }

  private long staleFor(long nowMillis) {
    return nowMillis - datedMillis - freshSeconds * 1000;
  }

  @Nullable String entityTag() {
    return headers.get(HttpHeaders.ETAG);
  }

  @Nullable String lastModified() {
    return headers.get(HttpHeaders.LAST_MODIFIED);
  }

  boolean hasValidator() {
    return entityTag() != null || lastModified() != null;
  }

  /** Roughly the memory it takes, in bytes. */
  int weight() {
    int weight = body.length + 200;
    for (Map.Entry<String, String> header : headers) {
      weight += header.getKey().length() + header.getValue().length() + 50;
    }
    return weight;
  }

  /** As an answer of now. */
  UpstreamResponse response(long nowMillis) {
    return response(nowMillis, null);
  }

  /** As an answer in place of one that the service failed to give. */
  UpstreamResponse standIn(long nowMillis, FailureClass why) {
    return response(nowMillis, why);
  }

  private UpstreamResponse response(long nowMillis, @Nullable FailureClass standsInFor) {
    MultiMap now = MultiMap.caseInsensitiveMultiMap().addAll(headers);
    now.set(HttpHeaders.AGE, Long.toString(ageSeconds(nowMillis)));
    return new UpstreamResponse(status, now, body, 0, body.length, standsInFor);
  }

  static byte[] bytes(UpstreamResponse response) {
    return Arrays.copyOfRange(response.body(), response.from(), response.to());
  }
}

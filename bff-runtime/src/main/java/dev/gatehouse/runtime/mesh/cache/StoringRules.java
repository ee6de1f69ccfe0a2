package dev.gatehouse.runtime.mesh.cache;

import dev.gatehouse.runtime.upstream.UpstreamRequest;
import dev.gatehouse.runtime.upstream.UpstreamRequest.Header;
import dev.gatehouse.runtime.upstream.UpstreamResponse;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a shared cache may keep, and for how long (RFC 9111, sections 3 and 4.2). There is no heuristic freshness. */
final class StoringRules {
  private static final int OK = 200;
  private static final int NOT_FOUND = 404;
  private static final int GONE = 410;
  /** Of a request, what a cache must take part in; such a call is none of its business. */
  private static final Set<String> OWN = Set.of(
      "range",
      "if-match",
      "if-none-match",
      "if-modified-since",
      "if-unmodified-since",
      "if-range",
      "pragma");
  /** What the transport sets by itself, so that no key has it. */
  private static final Set<String> UNKEYED = Set.of(
      "x-envoy-expected-rq-timeout-ms", "grpc-timeout", "user-agent", "cookie", "gatehouse-mirror");
  /** Of one connection (RFC 9110, section 7.6.1), or replaced by the cache. */
  private static final List<String> NOT_KEPT = List.of(
      "connection",
      "keep-alive",
      "proxy-connection",
      "proxy-authenticate",
      "proxy-authentication-info",
      "te",
      "trailer",
      "transfer-encoding",
      "upgrade",
      "age");

  private StoringRules() {}

  /** Whether the call's answer may come from the store, and go there. */
  static boolean covers(UpstreamRequest request) {
    if (!request.method().equals(HttpMethod.GET) || request.body() != null) {
      return false;
    }
    List<Header> headers = request.headers();
    for (int i = 0; i < headers.size(); i++) {
      String name = headers.get(i).name().toString();
      if (OWN.contains(name)) {
        return false;
      }
      if (name.equals("cache-control")
          && !new Directives(List.of(headers.get(i).value().toString())).isEmpty()) {
        return false;
      }
    }
    return true;
  }

  /**
   * The answer as it may be kept; null where it may not.
   *
   * @param forErrors whether it is worth keeping just to stand in for errors
   * @param sentMillis when the call was sent, since 1970
   * @param nowMillis when the answer came
   */
  static @Nullable StoredAnswer store(
      UpstreamRequest request,
      UpstreamResponse response,
      boolean forErrors,
      long sentMillis,
      long nowMillis) {
    int status = response.status();
    if (status != OK && status != NOT_FOUND && status != GONE) {
      return null;
    }
    MultiMap headers = response.headers();
    Directives control = new Directives(headers.getAll(HttpHeaders.CACHE_CONTROL));
    if (control.has("no-store") || control.has("private") || !isKeyed(headers)) {
      return null;
    }
    if (hasAuthorization(request)
        && !control.has("public")
        && !control.has("s-maxage")
        && !control.has("must-revalidate")) {
      return null; // RFC 9111, section 3.5
    }
    boolean mayBeStale = !control.has("must-revalidate")
        && !control.has("proxy-revalidate")
        && !control.has("s-maxage")
        && !control.has("no-cache");
    long fresh = freshSeconds(headers, control, nowMillis);
    boolean explicit = !control.isEmpty() || headers.contains(HttpHeaders.EXPIRES);
    boolean validated = explicit
        && (headers.contains(HttpHeaders.ETAG) || headers.contains(HttpHeaders.LAST_MODIFIED));
    long whileRevalidating = Math.max(0, control.seconds("stale-while-revalidate"));
    long onError = control.seconds("stale-if-error");
    boolean standsIn = status == OK && mayBeStale && (onError > 0 || (onError < 0 && forErrors));
    if (fresh <= 0 && !(status == OK && validated) && !standsIn) {
      return null;
    }
    return new StoredAnswer(
        status,
        kept(headers, control),
        StoredAnswer.bytes(response),
        nowMillis - 1000 * initialAge(headers, sentMillis, nowMillis),
        Math.max(0, fresh),
        whileRevalidating,
        onError,
        mayBeStale);
  }

  /** What a 304 makes of an answer that was kept (RFC 9111, section 4.3.4). */
  static UpstreamResponse merge(StoredAnswer stored, UpstreamResponse notModified) {
    MultiMap headers = MultiMap.caseInsensitiveMultiMap().addAll(stored.headers());
    for (String name : notModified.headers().names()) {
      String lower = name.toLowerCase(Locale.ROOT);
      if (!lower.equals("content-length")
          && !lower.equals("content-encoding")
          && !lower.equals("content-type")
          && !lower.equals("content-range")) {
        headers.set(name, notModified.headers().getAll(name));
      }
    }
    return new UpstreamResponse(stored.status(), headers, stored.body(), 0, stored.body().length);
  }

  /** Whether all that the answer varies with is part of the key. */
  private static boolean isKeyed(MultiMap headers) {
    for (String line : headers.getAll(HttpHeaders.VARY)) {
      for (String name : line.split(",", -1)) {
        String lower = name.strip().toLowerCase(Locale.ROOT);
        if (lower.equals("*") || CallKey.isTracing(lower) || UNKEYED.contains(lower)) {
          return false;
        }
      }
    }
    return true;
  }

  private static boolean hasAuthorization(UpstreamRequest request) {
    List<Header> headers = request.headers();
    for (int i = 0; i < headers.size(); i++) {
      if (HttpHeaders.AUTHORIZATION.toString().contentEquals(headers.get(i).name())) {
        return true;
      }
    }
    return false;
  }

  /** RFC 9111, section 4.2.1. */
  private static long freshSeconds(MultiMap headers, Directives control, long nowMillis) {
    if (control.has("no-cache")) {
      return 0;
    }
    long seconds = control.seconds("s-maxage");
    if (seconds < 0) {
      seconds = control.seconds("max-age");
    }
    String expires = headers.get(HttpHeaders.EXPIRES);
    if (seconds >= 0 || expires == null) {
      return seconds;
    }
    Long until = HttpDates.millis(expires);
    if (until == null) {
      return 0; // such as 0, which means that it has expired
    }
    Long date = HttpDates.millis(headers.get(HttpHeaders.DATE));
    return (until - (date == null ? nowMillis : date)) / 1000;
  }

  /** RFC 9111, section 4.2.3. */
  private static long initialAge(MultiMap headers, long sentMillis, long nowMillis) {
    Long date = HttpDates.millis(headers.get(HttpHeaders.DATE));
    // Dates are whole seconds: what is less than one is no age.
    long apparent = date == null ? 0 : Math.max(0, (nowMillis - date) / 1000);
    String age = headers.get(HttpHeaders.AGE);
    long told = age == null ? 0 : Math.max(0, new Directives(List.of("age=" + age)).seconds("age"));
    return Math.max(apparent, told + (nowMillis - sentMillis) / 1000);
  }

  private static MultiMap kept(MultiMap headers, Directives control) {
    MultiMap kept = MultiMap.caseInsensitiveMultiMap().addAll(headers);
    for (String option : headers.getAll(HttpHeaders.CONNECTION)) {
      for (String name : option.split(",", -1)) {
        kept.remove(name.strip());
      }
    }
    NOT_KEPT.forEach(kept::remove);
    return kept;
  }
}

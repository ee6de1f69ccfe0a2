package dev.gatehouse.runtime.mesh.cache;

import dev.gatehouse.runtime.upstream.UpstreamRequest;
import dev.gatehouse.runtime.upstream.UpstreamRequest.Header;
import dev.gatehouse.runtime.upstream.UpstreamRequest.Route;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a call asks, and where: equal for calls that cannot be told apart by the service. Whatever the service may learn of the caller
 * is in it, so two callers share nothing that depends on either. Only what joins traces is left out. Immutable.
 */
final class CallKey {
  private static final Set<String> TRACING = Set.of(
      "traceparent",
      "tracestate",
      "x-request-id",
      "b3",
      "x-b3-traceid",
      "x-b3-spanid",
      "x-b3-parentspanid",
      "x-b3-sampled",
      "x-b3-flags");

  private final String place;
  private final String text;
  private final byte @Nullable [] body;
  private final int hash;

  private CallKey(String place, String text, byte @Nullable [] body) {
    this.place = place;
    this.text = text;
    this.body = body;
    this.hash = 31 * text.hashCode() + Arrays.hashCode(body);
  }

  static CallKey of(String service, UpstreamRequest request) {
    String place = place(service, request.uri());
    Route route = request.route();
    List<Header> headers = request.headers();
    StringBuilder text = new StringBuilder(place.length() + 16);
    text.append(request.method().name()).append(' ').append(place);
    if (!route.equals(Route.ANY)) {
      text.append("\nto ").append(route.authority()).append(new TreeMap<>(route.subset()));
    }
    for (int i = 0; i < headers.size(); i++) {
      Header header = headers.get(i);
      if (!isTracing(header.name().toString())) {
        text.append('\n').append(header.name()).append(':').append(header.value());
      }
    }
    return new CallKey(place, text.toString(), request.body());
  }

  /** The resource, for all who ask for it in whatever way. */
  static String place(String service, String uri) {
    return service + ' ' + uri;
  }

  /** Whether a header is no part of a key. */
  static boolean isTracing(String name) {
    return TRACING.contains(name);
  }

  String place() {
    return place;
  }

  /** Roughly the memory it takes, in bytes. */
  int weight() {
    return place.length() + text.length() + (body == null ? 0 : body.length) + 100;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof CallKey key
        && hash == key.hash
        && text.equals(key.text)
        && Arrays.equals(body, key.body);
  }

  @Override
  public int hashCode() {
    return hash;
  }

  @Override
  public String toString() {
    return Objects.toString(text);
  }
}

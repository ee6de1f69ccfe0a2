package dev.gatehouse.graphql;

import dev.gatehouse.graphql.internal.answer.ErrorCode;
import dev.gatehouse.graphql.internal.answer.RequestRefused;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.internal.http.HttpServerRequestInternal;
import io.vertx.core.internal.http.HttpServerRequestWrapper;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The handshake of a WebSocket with the headers that its page could not set, and has told in {@code connection_init} instead. */
final class InitialisedRequest extends HttpServerRequestWrapper {
  private static final int LONGEST_VALUE = 16 * 1024;

  private final MultiMap headers;

  private InitialisedRequest(HttpServerRequestInternal handshake, MultiMap headers) {
    super(handshake);
    this.headers = headers;
  }

  /**
   * @param payload of {@code connection_init}; its names count whatever their case
   * @param names in lower case, of those entries that count
   * @throws RequestRefused where one of these cannot be a header
   */
  static HttpServerRequest of(
      HttpServerRequest handshake, @Nullable Map<?, ?> payload, List<String> names) {
    if (payload == null || payload.isEmpty()) {
      return handshake;
    }
    MultiMap headers = MultiMap.caseInsensitiveMultiMap().addAll(handshake.headers());
    payload.forEach((key, value) -> {
      String name = String.valueOf(key).toLowerCase(Locale.ROOT);
      if (names.contains(name) && value != null) {
        headers.set(name, text(name, value));
      }
    });
    return new InitialisedRequest((HttpServerRequestInternal) handshake, headers);
  }

  private static String text(String name, Object value) {
    if (value instanceof String text
        && text.length() <= LONGEST_VALUE
        && text.chars().allMatch(c -> c >= ' ' && c <= '~')) {
      return text;
    }
    throw new RequestRefused(
        ErrorCode.MALFORMED_REQUEST,
        "connection_init: payload." + name + " (expected: a string of visible ASCII)");
  }

  @Override
  public MultiMap headers() {
    return headers;
  }

  @Override
  public @Nullable String getHeader(String name) {
    return headers.get(name);
  }

  @Override
  public @Nullable String getHeader(CharSequence name) {
    return headers.get(name);
  }
}

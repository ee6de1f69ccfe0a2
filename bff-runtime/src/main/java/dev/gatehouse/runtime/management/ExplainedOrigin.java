package dev.gatehouse.runtime.management;

import dev.gatehouse.runtime.upstream.RequestOrigin;
import io.vertx.core.MultiMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A request that an operator asks about: {@code header=NAME:VALUE} and {@code cookie=NAME:VALUE}, each any number of times,
 * {@code subject=WHO}, and {@code claim=NAME:VALUE}, several times for a list. */
record ExplainedOrigin(
    Map<String, String> headers,
    Map<String, String> cookies,
    @Nullable String subject,
    Map<String, Object> claims)
    implements RequestOrigin {

  /**
   * @throws IllegalArgumentException telling the parameter and what was expected
   */
  static ExplainedOrigin of(MultiMap query) {
    Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    headers.putAll(pairs("header", query.getAll("header")));
    return new ExplainedOrigin(
        headers,
        pairs("cookie", query.getAll("cookie")),
        query.get("subject"),
        claims(query.getAll("claim")));
  }

  /** Names that are URLs are common among claims. */
  private static Map<String, Object> claims(List<String> values) {
    Map<String, Object> claims = new TreeMap<>();
    for (String value : values) {
      int colon = value.indexOf(':');
      while (value.startsWith("//", colon + 1)) {
        colon = value.indexOf(':', colon + 1);
      }
      claims.merge(
          name("claim", value, colon),
          List.of(value.substring(colon + 1).strip()),
          (one, other) ->
              Stream.of(one, other).flatMap(each -> ((List<?>) each).stream()).toList());
    }
    return claims;
  }

  private static String name(String parameter, String value, int colon) {
    if (colon < 1) {
      throw new IllegalArgumentException(
          String.format(Locale.ROOT, "%s: %s (expected: NAME:VALUE)", parameter, value));
    }
    return value.substring(0, colon).strip();
  }

  private static Map<String, String> pairs(String parameter, List<String> values) {
    Map<String, String> pairs = new TreeMap<>();
    for (String value : values) {
      int colon = value.indexOf(':');
      pairs.put(name(parameter, value, colon), value.substring(colon + 1).strip());
    }
    return pairs;
  }

  @Override
  public @Nullable String header(String name) {
    return headers.get(name);
  }

  @Override
  public @Nullable String cookie(String name) {
    return cookies.get(name);
  }
}

package dev.gatehouse.runtime.engine;

import dev.gatehouse.runtime.upstream.UpstreamResponse;
import io.vertx.core.http.HttpHeaders;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What an upstream's answer allows a cache to do (RFC 9111, section 5.2.2). */
final class Cacheability {

  private Cacheability() {}

  static Freshness of(UpstreamResponse response) {
    String control = response.headers().get(HttpHeaders.CACHE_CONTROL);
    return control == null
        ? Freshness.REVALIDATE
        : parse(control, response.headers().get(HttpHeaders.AGE));
  }

  static Freshness parse(String control, @Nullable String age) {
    boolean storable = true;
    boolean shared = true;
    int maxAge = 0;
    int sharedMaxAge = -1;
    for (String each : control.split(",", -1)) {
      String directive = each.strip().toLowerCase(Locale.ROOT);
      int equals = directive.indexOf('=');
      String name = equals < 0 ? directive : directive.substring(0, equals).strip();
      switch (name) {
        case "no-store" -> storable = false;
        case "private" -> shared = false;
        case "no-cache" -> {
          maxAge = Integer.MIN_VALUE;
          sharedMaxAge = Integer.MIN_VALUE;
        }
        case "max-age" ->
          maxAge = maxAge == Integer.MIN_VALUE ? maxAge : seconds(directive, equals);
        case "s-maxage" ->
          sharedMaxAge =
              sharedMaxAge == Integer.MIN_VALUE ? sharedMaxAge : seconds(directive, equals);
        default -> {
          // Other directives do not change how long an answer may be kept.
        }
      }
    }
    if (!storable) {
      return Freshness.NO_STORE;
    }
    int fresh = sharedMaxAge >= 0 && shared
        ? Math.min(maxAge > 0 ? maxAge : sharedMaxAge, sharedMaxAge)
        : maxAge;
    int old = age == null ? 0 : seconds("=" + age.strip(), 0);
    return new Freshness(true, shared, Math.max(0, fresh - old));
  }

  /** The number after the equals sign; 0, which is the careful reading, where it is none. */
  private static int seconds(String directive, int equals) {
    if (equals < 0) {
      return 0;
    }
    String digits = directive.substring(equals + 1).strip();
    if (digits.startsWith("\"") && digits.endsWith("\"") && digits.length() > 1) {
      digits = digits.substring(1, digits.length() - 1);
    }
    if (digits.isEmpty() || !digits.chars().allMatch(c -> c >= '0' && c <= '9')) {
      return 0;
    }
    return digits.length() > 9 ? Integer.MAX_VALUE / 2 : Integer.parseInt(digits);
  }
}

package dev.gatehouse.runtime.mesh.retry;

import dev.gatehouse.runtime.upstream.UpstreamResponse;
import io.netty.handler.codec.DateFormatter;
import io.vertx.core.http.HttpHeaders;
import java.util.Date;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** How long a service asks to be left alone: RFC 9110, section 10.2.3. */
final class RetryAfter {
  private static final int MOST_DIGITS = 9;

  private RetryAfter() {}

  /** In nanoseconds; 0 where it does not ask, or not in a form that can be understood. */
  static long nanos(UpstreamResponse response, long epochMillis) {
    return nanos(response.headers().get(HttpHeaders.RETRY_AFTER), epochMillis);
  }

  static long nanos(@Nullable String value, long epochMillis) {
    if (value == null || value.isBlank()) {
      return 0;
    }
    String text = value.strip();
    if (isDigit(text.charAt(0))) {
      return TimeUnit.SECONDS.toNanos(seconds(text));
    }
    Date date = DateFormatter.parseHttpDate(text);
    return date == null
        ? 0
        : TimeUnit.MILLISECONDS.toNanos(Math.max(0, date.getTime() - epochMillis));
  }

  private static long seconds(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (!isDigit(text.charAt(i))) {
        return 0;
      }
    }
    return text.length() > MOST_DIGITS ? Integer.MAX_VALUE : Long.parseLong(text);
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }
}

package dev.gatehouse.runtime.mesh.cache;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Dates of HTTP (RFC 9110, section 5.6.7), the obsolete forms but one included. */
final class HttpDates {
  private static final DateTimeFormatter ASCTIME =
      DateTimeFormatter.ofPattern("EEE MMM ppd HH:mm:ss yyyy", Locale.ENGLISH);

  private HttpDates() {}

  /** Milliseconds since 1970; null for what is no date. */
  static @Nullable Long millis(@Nullable String text) {
    if (text == null) {
      return null;
    }
    try {
      return Instant.from(ZonedDateTime.parse(text.strip(), DateTimeFormatter.RFC_1123_DATE_TIME))
          .toEpochMilli();
    } catch (DateTimeParseException other) {
      return asctime(text);
    }
  }

  private static @Nullable Long asctime(String text) {
    try {
      return LocalDateTime.parse(text.strip(), ASCTIME)
          .toInstant(ZoneOffset.UTC)
          .toEpochMilli();
    } catch (DateTimeParseException e) {
      return null;
    }
  }
}

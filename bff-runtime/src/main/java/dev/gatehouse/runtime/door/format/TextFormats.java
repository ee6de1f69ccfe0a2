package dev.gatehouse.runtime.door.format;

import dev.gatehouse.dsl.contract.JsonKind;
import java.lang.reflect.Type;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZonedDateTime;
import java.util.Base64;
import java.util.Currency;
import java.util.IllformedLocaleException;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The formats of scalars that travel as JSON strings, by Java type. */
final class TextFormats {
  private static final ScalarFormat ANY = format(null, "a text", "text", text -> true);

  private static final Map<Type, ScalarFormat> BY_TYPE = Map.ofEntries(
      Map.entry(
          UUID.class,
          format(
              "uuid",
              "a UUID (RFC 9562)",
              "123e4567-e89b-42d3-a456-426614174000",
              TextFormats::isUuid)),
      Map.entry(
          URI.class,
          format("uri-reference", "a URI (RFC 3986)", "https://example.com/a", TextFormats::isUri)),
      Map.entry(
          Instant.class,
          format(
              "date-time",
              "a date and time (RFC 3339), such as 2026-01-31T12:00:00Z",
              "2026-01-31T12:00:00Z",
              parsed(Instant::parse))),
      Map.entry(
          OffsetDateTime.class,
          format(
              "date-time",
              "a date and time (RFC 3339), such as 2026-01-31T12:00:00+01:00",
              "2026-01-31T12:00:00+01:00",
              parsed(OffsetDateTime::parse))),
      Map.entry(
          ZonedDateTime.class,
          format(
              "date-time",
              "a date and time (RFC 3339), such as 2026-01-31T12:00:00+01:00",
              "2026-01-31T12:00:00+01:00",
              parsed(ZonedDateTime::parse))),
      Map.entry(
          LocalDate.class,
          format(
              "date",
              "a date (RFC 3339), such as 2026-01-31",
              "2026-01-31",
              parsed(LocalDate::parse))),
      Map.entry(
          LocalTime.class,
          format(
              null, "a time (ISO 8601), such as 12:00:00", "12:00:00", parsed(LocalTime::parse))),
      Map.entry(
          LocalDateTime.class,
          format(
              null,
              "a local date and time (ISO 8601), such as 2026-01-31T12:00:00",
              "2026-01-31T12:00:00",
              parsed(LocalDateTime::parse))),
      Map.entry(
          Duration.class,
          format(
              "duration",
              "a duration (ISO 8601), such as PT1H30M",
              "PT1H30M",
              parsed(Duration::parse))),
      Map.entry(
          Locale.class,
          format(null, "a language tag (BCP 47), such as en-GB", "en-GB", TextFormats::isLocale)),
      Map.entry(
          Currency.class,
          format(null, "a currency code (ISO 4217), such as EUR", "EUR", TextFormats::isCurrency)),
      Map.entry(char.class, character()),
      Map.entry(Character.class, character()),
      Map.entry(
          byte[].class,
          format("byte", "bytes in base64 (RFC 4648)", "R0g=", TextFormats::isBase64)));

  private TextFormats() {}

  static ScalarFormat of(Type javaType) {
    return BY_TYPE.getOrDefault(javaType, ANY);
  }

  private static ScalarFormat character() {
    return format(null, "one character", "a", text -> text.length() == 1);
  }

  private static ScalarFormat format(
      @Nullable String format, String expected, String example, Predicate<String> accepted) {
    return new ScalarFormat(JsonKind.STRING, format, expected, example, accepted);
  }

  /** Reads a text of {@code java.time}. */
  @FunctionalInterface
  private interface Parse {
    Object parse(String text);
  }

  private static Predicate<String> parsed(Parse parse) {
    return text -> {
      try {
        return parse.parse(text) != null;
      } catch (DateTimeException e) {
        return false;
      }
    };
  }

  /** {@link UUID#fromString} alone would take short groups as well. */
  private static boolean isUuid(String text) {
    if (text.length() != 36) {
      return false;
    }
    try {
      return UUID.fromString(text).toString().equalsIgnoreCase(text);
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private static boolean isUri(String text) {
    try {
      return !new URI(text).toString().isEmpty();
    } catch (URISyntaxException e) {
      return false;
    }
  }

  private static boolean isLocale(String text) {
    try {
      return !new Locale.Builder().setLanguageTag(text).build().toString().isEmpty();
    } catch (IllformedLocaleException e) {
      return false;
    }
  }

  private static boolean isCurrency(String text) {
    try {
      return Currency.getInstance(text) != null;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  /** The decoder alone would take a text without its padding as well. */
  private static boolean isBase64(String text) {
    try {
      return text.length() % 4 == 0 && Base64.getDecoder().decode(text) != null;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }
}

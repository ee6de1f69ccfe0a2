package dev.gatehouse.runtime.door.format;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.dsl.contract.DataType.ScalarType;
import dev.gatehouse.dsl.contract.JsonKind;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.util.Currency;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ScalarFormatTest {

  static Stream<Arguments> formats() {
    return Stream.of(
        of(
            JsonKind.INTEGER,
            int.class,
            List.of("0", "-1", "2147483647"),
            List.of("2147483648", "1.0", "01", "+1", "", " 1", "1e3", "-")),
        of(
            JsonKind.INTEGER,
            Long.class,
            List.of("9223372036854775807"),
            List.of("9223372036854775808")),
        of(JsonKind.INTEGER, short.class, List.of("32767"), List.of("32768")),
        of(JsonKind.INTEGER, byte.class, List.of("-128"), List.of("128")),
        of(
            JsonKind.INTEGER,
            BigInteger.class,
            List.of("92233720368547758079223372036854775807"),
            List.of("x", "1".repeat(1001))),
        of(
            JsonKind.NUMBER,
            BigDecimal.class,
            List.of("1.10", "-0", "1e-5", "1E+30"),
            List.of("1.", ".5", "01.5", "NaN", "1e", "1e99999", "1,5")),
        of(JsonKind.NUMBER, double.class, List.of("1.5"), List.of("Infinity", "0x1p3")),
        of(JsonKind.BOOLEAN, boolean.class, List.of("true", "false"), List.of("TRUE", "1", "")),
        of(JsonKind.STRING, String.class, List.of("", "anything"), List.of()),
        of(JsonKind.STRING, char.class, List.of("x"), List.of("", "xy")),
        of(
            JsonKind.STRING,
            UUID.class,
            List.of("123E4567-e89b-42d3-a456-426614174000"),
            List.of("1-1-1-1-1", "123e4567e89b42d3a456426614174000")),
        of(
            JsonKind.STRING,
            URI.class,
            List.of("https://example.com/a?b", "/a"),
            List.of("a b", "http://[")),
        of(
            JsonKind.STRING,
            Instant.class,
            List.of("2026-01-31T12:00:00Z", "2026-01-31T12:00:00.5Z"),
            List.of("2026-01-31", "2026-02-30T12:00:00Z")),
        of(
            JsonKind.STRING,
            OffsetDateTime.class,
            List.of("2026-01-31T12:00:00+01:00"),
            List.of("2026-01-31T12:00:00")),
        of(
            JsonKind.STRING,
            LocalDate.class,
            List.of("2026-01-31"),
            List.of("2026-02-30", "31.01.2026")),
        of(JsonKind.STRING, LocalTime.class, List.of("12:00", "12:00:01"), List.of("25:00")),
        of(
            JsonKind.STRING,
            LocalDateTime.class,
            List.of("2026-01-31T12:00"),
            List.of("2026-01-31 12:00")),
        of(JsonKind.STRING, Duration.class, List.of("PT5M"), List.of("5m")),
        of(JsonKind.STRING, Locale.class, List.of("en-GB", "de"), List.of("en_GB", "x_")),
        of(JsonKind.STRING, Currency.class, List.of("EUR"), List.of("EU", "eur")),
        of(JsonKind.STRING, byte[].class, List.of("R0g=", ""), List.of("R0g", "ä")));
  }

  @ParameterizedTest
  @MethodSource("formats")
  void acceptsWhatIsWrittenRightAndNothingElse(
      ScalarFormat format, List<String> right, List<String> wrong) {
    assertThat(right).allMatch(format.accepted());
    assertThat(wrong).noneMatch(format.accepted());
    assertThat(format.accepts(format.example())).isTrue();
  }

  private static Arguments of(
      JsonKind kind, Type javaType, List<String> right, List<String> wrong) {
    return Arguments.of(
        ScalarFormat.of(new ScalarType("Scalar", kind, javaType, null, null)), right, wrong);
  }
}

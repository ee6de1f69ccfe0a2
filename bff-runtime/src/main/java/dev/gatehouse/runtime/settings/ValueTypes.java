package dev.gatehouse.runtime.settings;

import dev.gatehouse.runtime.discovery.Endpoint;
import io.vertx.core.json.JsonArray;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The kinds of values that settings have. */
final class ValueTypes {
  private static final Pattern AMOUNT = Pattern.compile("([0-9]{1,18}) ?([A-Za-z]*)");
  private static final Pattern ORIGIN = Pattern.compile(
      "\\*|[a-z][a-z0-9+.-]*://[a-z0-9._~-]+(:[0-9]{1,5})?|https?://\\[[0-9a-f:.]+](:[0-9]{1,5})?");
  private static final Map<String, Long> SIZE_UNITS =
      Map.of("", 1L, "B", 1L, "KiB", 1L << 10, "MiB", 1L << 20, "GiB", 1L << 30);
  private static final Map<String, Long> TIME_UNITS =
      Map.of("ms", 1L, "s", 1000L, "m", 60_000L, "h", 3_600_000L);

  private ValueTypes() {}

  static ValueType<Boolean> flag() {
    return new ValueType<>(
        "boolean",
        "true or false",
        raw -> switch (String.valueOf(raw)) {
          case "true" -> true;
          case "false" -> false;
          default -> null;
        },
        String::valueOf);
  }

  static ValueType<Integer> number(int least, int most) {
    return new ValueType<>(
        "number",
        least + " to " + most,
        raw -> within(amount(raw, Map.of("", 1L)), least, most),
        String::valueOf);
  }

  /** A number of bytes. */
  static ValueType<Integer> size(int least, int most) {
    return new ValueType<>(
        "size",
        showSize(least) + " to " + showSize(most) + ", such as 64KiB or 1MiB",
        raw -> within(amount(raw, SIZE_UNITS), least, most),
        ValueTypes::showSize);
  }

  static ValueType<Duration> duration(Duration least, Duration most) {
    return new ValueType<>(
        "duration",
        showDuration(least) + " to " + showDuration(most) + ", such as 80ms, 3s or 2m",
        raw -> {
          Long millis = amount(raw, TIME_UNITS);
          return millis == null || millis < least.toMillis() || millis > most.toMillis()
              ? null
              : Duration.ofMillis(millis);
        },
        ValueTypes::showDuration);
  }

  static <E extends Enum<E>> ValueType<E> choice(Class<E> type) {
    Map<String, E> choices = Arrays.stream(type.getEnumConstants())
        .collect(Collectors.toMap(ValueTypes::showChoice, Function.identity()));
    String expected = Arrays.stream(type.getEnumConstants())
        .map(ValueTypes::showChoice)
        .collect(Collectors.joining(", "));
    // YAML reads a bare `off` as false.
    return new ValueType<>(
        "one of `" + expected.replace(", ", "`, `") + "`",
        "one of " + expected,
        raw -> choices.get(
            Boolean.FALSE.equals(raw) ? "off" : String.valueOf(raw).toLowerCase(Locale.ROOT)),
        ValueTypes::showChoice);
  }

  /** Text that matches a pattern. */
  static ValueType<String> text(String expected, Pattern pattern) {
    return new ValueType<>(
        "text",
        expected,
        raw -> isScalar(raw) && pattern.matcher(String.valueOf(raw)).matches()
            ? String.valueOf(raw)
            : null,
        Function.identity());
  }

  /** One URL or several: a list, or text with commas between them. */
  static ValueType<List<Endpoint>> endpoints() {
    return new ValueType<>(
        "list of URLs",
        "at least one URL, such as http://catalog:8080",
        raw -> {
          List<Endpoint> endpoints = texts(raw).map(Endpoint::parse).toList();
          return endpoints.isEmpty() ? null : endpoints;
        },
        endpoints -> endpoints.stream().map(Endpoint::toString).collect(Collectors.joining(",")));
  }

  /** Origins of web pages, such as {@code https://shop.example}: a list, or text with commas between them; {@code *} for all. */
  static ValueType<List<String>> origins() {
    return new ValueType<>(
        "list of origins",
        "origins such as https://shop.example, or *",
        raw -> {
          List<String> origins =
              texts(raw).map(text -> text.toLowerCase(Locale.ROOT)).toList();
          return origins.stream().allMatch(text -> ORIGIN.matcher(text).matches()) ? origins : null;
        },
        origins -> String.join(",", origins));
  }

  /** HTTP statuses of answers that went wrong: a list, or text with commas between them. */
  static ValueType<Set<Integer>> statuses() {
    return new ValueType<>(
        "list of statuses",
        "statuses from 400 to 599, such as 502,503; or none",
        raw -> {
          if (String.valueOf(raw).equals("none")) {
            return Set.of();
          }
          List<String> statuses = texts(raw).toList();
          return statuses.isEmpty()
                  || !statuses.stream().allMatch(text -> text.matches("[45]\\d\\d"))
              ? null
              : statuses.stream().map(Integer::valueOf).collect(Collectors.toSet());
        },
        statuses -> statuses.isEmpty()
            ? "none"
            : statuses.stream().sorted().map(String::valueOf).collect(Collectors.joining(",")));
  }

  /**
   * Several values: a list, or text with commas between them.
   *
   * @param each reads one, and throws {@link IllegalArgumentException} where that does not fit
   * @param show writes one
   * @param all makes the whole of them
   */
  static <E, C extends Collection<E>> ValueType<C> list(
      String name,
      String expected,
      Function<String, E> each,
      Function<E, String> show,
      Function<List<E>, C> all) {
    return new ValueType<>(
        name,
        expected,
        raw -> {
          try {
            return all.apply(texts(raw).map(each).toList());
          } catch (IllegalArgumentException e) {
            return null;
          }
        },
        values -> values.stream().map(show).collect(Collectors.joining(",")));
  }

  private static Stream<String> texts(Object raw) {
    return raw instanceof JsonArray list
        ? list.stream().map(String::valueOf)
        : Arrays.stream(String.valueOf(raw).split(","))
            .map(String::strip)
            .filter(text -> !text.isEmpty());
  }

  private static boolean isScalar(Object raw) {
    return raw instanceof String || raw instanceof Number || raw instanceof Boolean;
  }

  private static @Nullable Long amount(Object raw, Map<String, Long> units) {
    Matcher amount = AMOUNT.matcher(String.valueOf(raw).strip());
    if (!isScalar(raw) || !amount.matches()) {
      return null;
    }
    Long unit = units.get(amount.group(2));
    long count = Long.parseLong(amount.group(1));
    if (count == 0 && amount.group(2).isEmpty()) {
      return 0L;
    }
    return unit == null || count > Long.MAX_VALUE / unit ? null : Long.valueOf(count * unit);
  }

  private static @Nullable Integer within(@Nullable Long value, int least, int most) {
    return value == null || value < least || value > most
        ? null
        : Integer.valueOf(value.intValue());
  }

  private static String showSize(int bytes) {
    if (bytes != 0 && bytes % (1 << 30) == 0) {
      return (bytes >> 30) + "GiB";
    }
    if (bytes != 0 && bytes % (1 << 20) == 0) {
      return (bytes >> 20) + "MiB";
    }
    return bytes != 0 && bytes % (1 << 10) == 0 ? (bytes >> 10) + "KiB" : String.valueOf(bytes);
  }

  private static String showDuration(Duration value) {
    long millis = value.toMillis();
    if (millis == 0) {
      return "0";
    }
    if (millis % 3_600_000 == 0) {
      return millis / 3_600_000 + "h";
    }
    if (millis % 60_000 == 0) {
      return millis / 60_000 + "m";
    }
    return millis % 1000 == 0 ? millis / 1000 + "s" : millis + "ms";
  }

  private static String showChoice(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}

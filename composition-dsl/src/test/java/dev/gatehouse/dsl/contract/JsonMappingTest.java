package dev.gatehouse.dsl.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.exc.ValueInstantiationException;
import java.io.IOException;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Currency;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class JsonMappingTest {

  record Sku(String value) {
    Sku {
      if (value.isBlank()) {
        throw new IllegalArgumentException("blank");
      }
    }
  }

  record Count(int value) {}

  record Line(Sku sku, Count count, @Nullable Sku instead) {}

  sealed interface Media permits Book, Film {}

  record Book(String title) implements Media {}

  record Film(String title, int minutes) implements Media {}

  @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
  sealed interface Figure permits Circle {}

  record Circle(int radius) implements Figure {}

  record Shelf(List<Media> media, Figure figure) {}

  record Everything(
      int units,
      long id,
      BigInteger big,
      BigDecimal amount,
      boolean flag,
      String text,
      @Nullable String none,
      UUID uuid,
      Instant at,
      LocalDate on,
      OffsetDateTime when,
      Duration lasting,
      Locale language,
      Currency currency,
      URI link,
      List<Sku> skus,
      Map<String, Count> counts) {}

  private static String write(Object value, Type type) throws IOException {
    return JsonMapping.writer(type).writeValueAsString(value);
  }

  private static <T> T read(String json, Class<T> type) throws IOException {
    return JsonMapping.reader(type).readValue(json);
  }

  @Test
  void recordsOfOneValueAreScalars() throws IOException {
    Line line = new Line(new Sku("a-1"), new Count(2), null);
    String json = write(line, Line.class);
    assertThat(json).isEqualTo("{\"sku\":\"a-1\",\"count\":2,\"instead\":null}");
    assertThat(read(json, Line.class)).isEqualTo(line);
  }

  @Test
  void whatAScalarRefusesIsSaid() {
    assertThatThrownBy(() -> read("{\"sku\":\" \",\"count\":2}", Line.class))
        .isInstanceOf(ValueInstantiationException.class)
        .hasMessageContaining("blank");
  }

  @Test
  void unionsCarryTheirDiscriminator() throws IOException {
    Shelf shelf = new Shelf(List.of(new Book("b"), new Film("f", 90)), new Circle(1));
    String json = write(shelf, Shelf.class);
    assertThat(json)
        .isEqualTo(
            "{\"media\":[{\"type\":\"Book\",\"title\":\"b\"},{\"type\":\"Film\",\"title\":\"f\",\"minutes\":90}],"
                + "\"figure\":{\"kind\":\"Circle\",\"radius\":1}}");
    assertThat(read(json, Shelf.class)).isEqualTo(shelf);
  }

  @Test
  void aCaseOnItsOwnNeedsNoDiscriminator() throws IOException {
    assertThat(write(new Book("b"), Book.class)).isEqualTo("{\"title\":\"b\"}");
    assertThat(read("{\"title\":\"b\"}", Book.class)).isEqualTo(new Book("b"));
    assertThat(read("{\"radius\":3}", Circle.class)).isEqualTo(new Circle(3));
  }

  @Test
  void unknownPropertiesAreIgnored() throws IOException {
    assertThat(read("{\"title\":\"b\",\"isbn\":7}", Book.class)).isEqualTo(new Book("b"));
  }

  @Test
  void numbersKeepTheirDigits() throws IOException {
    JsonNode tree = JsonMapping.newMapper().readTree("[1.10, 9223372036854775809, 1E+3]");
    assertThat(tree.get(0).decimalValue()).isEqualTo(new BigDecimal("1.10"));
    assertThat(tree.get(1).bigIntegerValue()).isEqualTo(new BigInteger("9223372036854775809"));
    assertThat(write(new BigDecimal("1E+3"), BigDecimal.class)).isEqualTo("1000");
    assertThat(write(new BigDecimal("1.10"), BigDecimal.class)).isEqualTo("1.10");
  }

  @Test
  void languagesAreWrittenAsTags() throws IOException {
    assertThat(write(Locale.forLanguageTag("de-CH"), Locale.class)).isEqualTo("\"de-CH\"");
  }

  @Property(tries = 200)
  void whatIsWrittenIsReadBack(
      @ForAll int units,
      @ForAll long id,
      @ForAll BigDecimal amount,
      @ForAll boolean flag,
      @ForAll String text)
      throws IOException {
    Instant at = Instant.ofEpochSecond(
        Math.floorMod(id, 4_000_000_000L), Math.floorMod(units, 1_000_000_000));
    Everything all = new Everything(
        units,
        id,
        BigInteger.valueOf(id).pow(3),
        amount,
        flag,
        text,
        null,
        new UUID(id, ~id),
        at,
        LocalDate.ofEpochDay(units % 100_000),
        at.atOffset(ZoneOffset.ofHours(units % 12)),
        Duration.ofMillis(units),
        Locale.forLanguageTag("pt-BR"),
        Currency.getInstance("EUR"),
        URI.create("https://example.com/" + (id & 0xFF)),
        List.of(new Sku("s" + units)),
        Map.of(text, new Count(units)));
    assertThat(read(write(all, Everything.class), Everything.class)).isEqualTo(all);
  }
}

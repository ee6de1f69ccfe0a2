package dev.gatehouse.runtime.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonScannerTest {
  private static final JsonFactory JACKSON = JsonFactory.builder()
      .streamReadConstraints(
          StreamReadConstraints.builder().maxNestingDepth(JsonScanner.MAX_DEPTH).build())
      .build();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "[]",
        "0",
        "-0",
        "1.10",
        "1e5",
        "-1.5E-10",
        "9223372036854775809",
        "\"\"",
        "\"a\\u00e9\\n\"",
        "true",
        "false",
        "null",
        " [1 , 2,\t{\"a\" : [ ] } ]\r\n",
        "\"grün €  𝄞\"",
        "\"\\ud834\"",
        "{\"a\":1,\"a\":2}",
        "\"a string that is longer than eight bytes, with a \\\"quote\\\" inside\""
      })
  void passesWhatIsJson(String text) {
    assertThat(accepts(text.getBytes(StandardCharsets.UTF_8))).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "{",
        "[",
        "[1",
        "[1,",
        "[1,]",
        "[,1]",
        "{\"a\"",
        "{\"a\":",
        "{\"a\":1",
        "{\"a\":1,}",
        "{a:1}",
        "{\"a\" 1}",
        "01",
        "-",
        "+1",
        "1.",
        ".5",
        "1e",
        "1e+",
        "0x1",
        "1 2",
        "tru",
        "truex",
        "nul",
        "nullnull",
        "\"",
        "\"a",
        "\"\\x\"",
        "\"\\u12g4\"",
        "\"\\u12",
        "\"a\nb\"",
        "[1}",
        "{\"a\":1]",
        "'a'",
        "NaN",
        "Infinity",
        "[1]]",
        "{\"a\":1}}",
        "12a",
        "[1 2]",
        "\u0000"
      })
  void refusesWhatIsNot(String text) {
    assertThat(accepts(text.getBytes(StandardCharsets.UTF_8))).isFalse();
  }

  @Test
  void refusesBytesThatAreNotUtf8() {
    int[][] wrong = {
      {0x80},
      {0xC0, 0x80},
      {0xC1, 0xBF},
      {0xE0, 0x80, 0x80},
      {0xED, 0xA0, 0x80},
      {0xF0, 0x80, 0x80, 0x80},
      {0xF5, 0x80, 0x80, 0x80},
      {0xC3},
      {0xE2, 0x82},
      {0xFF}
    };
    for (int[] bytes : wrong) {
      byte[] text = new byte[bytes.length + 2];
      text[0] = '"';
      for (int i = 0; i < bytes.length; i++) {
        text[i + 1] = (byte) bytes[i];
      }
      text[text.length - 1] = '"';
      assertThat(accepts(text)).as("%x", bytes[0]).isFalse();
    }
  }

  @Test
  void refusesNestingThatIsTooDeep() {
    String deepest = "[".repeat(JsonScanner.MAX_DEPTH) + "]".repeat(JsonScanner.MAX_DEPTH);
    assertThat(accepts(deepest.getBytes(StandardCharsets.UTF_8))).isTrue();
    assertThat(accepts(("[" + deepest + "]").getBytes(StandardCharsets.UTF_8))).isFalse();
    assertThat(accepts("[".repeat(1_000_000).getBytes(StandardCharsets.UTF_8))).isFalse();
  }

  @Test
  void saysWhereTheTextIsWrong() {
    byte[] text = "{\"a\":1,\"b\":x}".getBytes(StandardCharsets.UTF_8);
    assertThatThrownBy(() -> scan(text, 0, text.length))
        .isInstanceOf(MalformedJsonException.class)
        .hasMessage("a value was expected at byte 11");
  }

  @Test
  void readsOnlyItsPartOfTheArray() {
    byte[] text = "xx[1,2]yy".getBytes(StandardCharsets.UTF_8);
    scan(text, 2, 7);
    assertThatThrownBy(() -> scan(text, 2, 6)).isInstanceOf(MalformedJsonException.class);
  }

  @Property(tries = 3000)
  void agreesWithJacksonOnMutilatedDocuments(@ForAll long seed) {
    Random random = new Random(seed);
    byte[] text = new RandomJson(random).value(4).getBytes(StandardCharsets.UTF_8);
    for (int mutations = random.nextInt(3); mutations > 0 && text.length > 0; mutations--) {
      text[random.nextInt(text.length)] = (byte) "{}[]\",:0a\\ \n1.e-tn".charAt(random.nextInt(18));
    }
    assertThat(accepts(text))
        .as(new String(text, StandardCharsets.UTF_8))
        .isEqualTo(jacksonAccepts(text));
  }

  @Property(tries = 500)
  void textSurvivesWritingAndReading(@ForAll String text) {
    JsonSink sink = new JsonSink(8);
    sink.writeString(text);
    byte[] json = sink.toByteArray();
    assertThat(accepts(json)).isTrue();
    assertThat(JsonText.of(json, 0, json.length)).isEqualTo(text);
  }

  private static boolean accepts(byte[] text) {
    try {
      scan(text, 0, text.length);
      return true;
    } catch (MalformedJsonException e) {
      return false;
    }
  }

  private static void scan(byte[] text, int from, int to) {
    JsonScanner scanner = new JsonScanner(text, from, to);
    scanner.value();
    scanner.end();
  }

  private static boolean jacksonAccepts(byte[] text) {
    try (JsonParser parser = JACKSON.createParser(text)) {
      int values = 0;
      int depth = 0;
      while (parser.nextToken() != null) {
        depth += parser.currentToken().isStructStart()
            ? 1
            : parser.currentToken().isStructEnd() ? -1 : 0;
        if (depth == 0) {
          values++;
        }
        parser.getText();
      }
      return values == 1;
    } catch (IOException e) {
      return false;
    }
  }
}

package dev.gatehouse.runtime.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The examples are those of the standard, and what it says beside them. */
class EventStreamParserTest {
  private final List<String> seen = new ArrayList<>();
  private final EventStreamParser parser = parser(1_000, "");

  private EventStreamParser parser(int maxBytes, String lastId) {
    return new EventStreamParser(maxBytes, lastId, new EventStreamParser.Events() {
      @Override
      public void event(String kind, byte[] data) {
        seen.add(kind + "=" + new String(data, StandardCharsets.UTF_8));
      }

      @Override
      public void retry(long millis) {
        seen.add("retry " + millis);
      }
    });
  }

  private List<String> parse(String text) throws Exception {
    parser.parse(Buffer.buffer(text));
    return seen;
  }

  @Test
  void dataOfSeveralLinesIsOneEvent() throws Exception {
    assertThat(parse("data: YHOO\ndata: +2\ndata: 10\n\n")).containsExactly("message=YHOO\n+2\n10");
  }

  @Test
  void commentsAndUnknownFieldsAreNoEvents() throws Exception {
    assertThat(parse(": a comment\n\n:\n\nfoo: bar\n\nid: 7\n\n")).isEmpty();
    assertThat(parser.lastId()).isEqualTo("7");
  }

  @Test
  void emptyDataIsNoEventAndTwoLinesOfItAreALineEnd() throws Exception {
    assertThat(parse("data\n\ndata\ndata\n\ndata:")).containsExactly("message=\n");
  }

  @Test
  void oneSpaceAfterTheColonIsNoPartOfTheValue() throws Exception {
    assertThat(parse("data:test\n\ndata: test\n\ndata:  test\n\n"))
        .containsExactly("message=test", "message=test", "message= test");
  }

  @Test
  void aTypeHoldsForOneEvent() throws Exception {
    assertThat(parse("event: price\ndata: 1\n\ndata: 2\n\n"))
        .containsExactly("price=1", "message=2");
  }

  @Test
  void anIdHoldsUntilTheNextOneOnceItsEventIsComplete() throws Exception {
    parse("id: 1\ndata: a\n\ndata: b\n\nid: 2\ndata: c\n");
    assertThat(parser.lastId()).isEqualTo("1");

    parse("\nid\ndata: d\n\n");
    assertThat(parser.lastId()).isEmpty();
  }

  @Test
  void anIdWithANullCharacterIsNone() throws Exception {
    parse("id: 1\ndata: a\n\nid: 2\0\ndata: b\n\n");

    assertThat(parser.lastId()).isEqualTo("1");
  }

  @Test
  void aStreamGoesOnWithTheIdOfTheOneBefore() {
    assertThat(parser(10, "41").lastId()).isEqualTo("41");
  }

  @ParameterizedTest
  @CsvSource({"500, true", "0, true", "5x, false", "-1, false", "'', false", "99999999999, false"})
  void aPauseIsDigits(String value, boolean taken) throws Exception {
    assertThat(parse("retry: " + value + "\n")).hasSize(taken ? 1 : 0);
  }

  @ParameterizedTest
  @ValueSource(strings = {"\n", "\r", "\r\n"})
  void linesEndInAnyWayAndPiecesAnywhere(String end) throws Exception {
    String mark = "\uFEFF";
    byte[] bytes = (mark + "event: é" + end + "data: \u20AC" + end + "data: {}" + end + end + mark
            + "data: no field" + end + end)
        .getBytes(StandardCharsets.UTF_8);

    for (byte one : bytes) {
      parser.parse(Buffer.buffer(new byte[] {one}));
    }

    assertThat(seen).containsExactly("é=€\n{}");
  }

  @Test
  void linesAndEventsHaveALargestSize() {
    assertThatThrownBy(() -> parse("x".repeat(1_001)))
        .isInstanceOf(EventStreamParser.TooLarge.class);
    assertThatThrownBy(() ->
            parser(1_000, "").parse(Buffer.buffer(("data: " + "x".repeat(300) + "\n").repeat(4))))
        .isInstanceOf(EventStreamParser.TooLarge.class)
        .hasMessage("an event of more than 1000 bytes");
  }

  @Test
  void pausesGrowUpToALimit() {
    Backoff backoff = new Backoff();
    backoff.base(100);
    long longest = 100;
    for (int attempt = 0; attempt < 20; attempt++) {
      assertThat(backoff.next()).isBetween(longest / 2, longest);
      longest = Math.min(longest * 2, 30_000);
    }
    assertThat(backoff.attempts()).isEqualTo(20);
    backoff.reset();
    assertThat(backoff.next()).isBetween(50L, 100L);
  }
}

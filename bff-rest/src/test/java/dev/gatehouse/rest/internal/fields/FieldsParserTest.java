package dev.gatehouse.rest.internal.fields;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class FieldsParserTest {

  @Test
  void readsNestedFields() throws FieldsSyntaxException {
    assertThat(FieldsParser.parse("name, price( amount ) ,reviews(rating,author(name))"))
        .containsExactly(
            field("name"),
            field("price", field("amount")),
            field("reviews", field("rating"), field("author", field("name"))));
  }

  static Stream<Arguments> malformed() {
    return Stream.of(
        Arguments.of("", "character 1: the end (expected: the name of a field)"),
        Arguments.of("  ", "character 3: the end (expected: the name of a field)"),
        Arguments.of("a,", "character 3: the end (expected: the name of a field)"),
        Arguments.of("a,,b", "character 3: \",\" (expected: the name of a field)"),
        Arguments.of("a()", "character 3: \")\" (expected: the name of a field)"),
        Arguments.of("a(b", "character 4: the end (expected: a comma or a closing parenthesis)"),
        Arguments.of("a(b c)", "character 5: \"c\" (expected: a comma or a closing parenthesis)"),
        Arguments.of("a)", "character 2: \")\" (expected: a comma or the end)"),
        Arguments.of("a b", "character 3: \"b\" (expected: a comma or the end)"),
        Arguments.of("(a)", "character 1: \"(\" (expected: the name of a field)"),
        Arguments.of("a(b)(c)", "character 5: \"(\" (expected: a comma or the end)"),
        Arguments.of("a,b, a", "character 6: \"a\" once more (expected: each field once)"));
  }

  @ParameterizedTest
  @MethodSource("malformed")
  void saysWhereItStopped(String text, String message) {
    assertThatThrownBy(() -> FieldsParser.parse(text))
        .isInstanceOf(FieldsSyntaxException.class)
        .hasMessage(message);
  }

  @Test
  void isBoundedInLengthDepthAndNumber() {
    assertThatThrownBy(() -> FieldsParser.parse("a".repeat(4_097)))
        .hasMessage("4097 characters (expected: at most 4096)");
    assertThatThrownBy(() -> FieldsParser.parse("a(".repeat(17) + "a" + ")".repeat(17)))
        .hasMessageContaining("(expected: at most 16)");
    String many =
        IntStream.rangeClosed(1, 501).mapToObj(i -> "f" + i).collect(Collectors.joining(","));
    assertThatThrownBy(() -> FieldsParser.parse(many)).hasMessageContaining("more than 500 fields");
  }

  private static RequestedField field(String name, RequestedField... part) {
    return new RequestedField(name, part.length == 0 ? null : List.of(part));
  }
}

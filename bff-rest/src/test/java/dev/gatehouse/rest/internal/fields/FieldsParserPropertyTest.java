package dev.gatehouse.rest.internal.fields;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.Chars;
import net.jqwik.api.constraints.StringLength;

class FieldsParserPropertyTest {

  @Property(tries = 300)
  void whatIsPrintedIsReadBack(@ForAll("fields") List<RequestedField> fields)
      throws FieldsSyntaxException {
    assertThat(FieldsParser.parse(print(fields))).isEqualTo(fields);
  }

  @Property(tries = 2000)
  void everyTextIsReadOrRefusedWithAPosition(
      @ForAll @StringLength(max = 24) @Chars({'a', 'b', 'c', ',', '(', ')', ' ', '.'})
          String text) {
    try {
      List<RequestedField> fields = FieldsParser.parse(text);
      assertThat(print(fields)).isEqualTo(text.replace(" ", ""));
    } catch (FieldsSyntaxException e) {
      assertThat(e).hasMessageMatching("character \\d+: .+ \\(expected: .+\\)");
    }
  }

  @Provide
  Arbitrary<List<RequestedField>> fields() {
    return fields(3);
  }

  private static Arbitrary<List<RequestedField>> fields(int depth) {
    Arbitrary<String> name =
        Arbitraries.strings().withCharRange('a', 'z').ofMinLength(1).ofMaxLength(6);
    Arbitrary<RequestedField> field = depth == 0
        ? name.map(own -> new RequestedField(own, null))
        : name.flatMap(
            own -> fields(depth - 1).injectNull(0.6).map(part -> new RequestedField(own, part)));
    return field.list().ofMinSize(1).ofMaxSize(4).uniqueElements(RequestedField::name);
  }

  private static String print(List<RequestedField> fields) {
    return fields.stream()
        .map(field ->
            field.part() == null ? field.name() : field.name() + "(" + print(field.part()) + ")")
        .collect(Collectors.joining(","));
  }
}

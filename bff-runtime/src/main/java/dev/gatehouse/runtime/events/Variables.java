package dev.gatehouse.runtime.events;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gatehouse.dsl.contract.DataType;
import dev.gatehouse.dsl.contract.DataType.Component;
import dev.gatehouse.dsl.contract.DataType.RecordType;
import dev.gatehouse.dsl.contract.JsonMapping;
import dev.gatehouse.dsl.uri.UriTemplate;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the variables of a source's templates stand for, taken from its input. Immutable. */
final class Variables {
  private final @Nullable DataType type;
  private final @Nullable JsonNode input;

  /**
   * @param type of the input; null where there is none
   * @param json fits the type; null where there is none
   */
  Variables(@Nullable DataType type, byte @Nullable [] json) {
    this.type = type;
    try {
      this.input = json == null ? null : JsonMapping.reader(JsonNode.class).readTree(json);
    } catch (IOException e) {
      throw new UncheckedIOException("an input is JSON when it comes here", e);
    }
  }

  /** A variable's text, or texts of a list; null where it is absent. */
  @Nullable Object value(String name) {
    JsonNode value = input;
    if (type instanceof RecordType record && input != null) {
      Component byJavaName = record.component(name);
      Component component = byJavaName == null ? record.field(name) : byJavaName;
      value = component == null ? null : input.get(component.name());
    }
    if (value == null || value.isNull() || value.isMissingNode()) {
      return null;
    }
    if (!value.isArray()) {
      return value.asText();
    }
    List<String> texts = new ArrayList<>();
    value.forEach(element -> texts.add(element.asText()));
    return texts;
  }

  /** The text of a template of plain variables, which stand in it as they are; null where one is absent. */
  @Nullable String text(UriTemplate template) {
    StringBuilder text = new StringBuilder();
    for (UriTemplate.Part part : template.parts()) {
      if (part instanceof UriTemplate.Literal literal) {
        text.append(literal.text());
      } else {
        for (UriTemplate.Variable variable : ((UriTemplate.Expression) part).variables()) {
          Object value = value(variable.name());
          if (value == null) {
            return null;
          }
          text.append(value instanceof List<?> list ? joined(list) : value);
        }
      }
    }
    return text.toString();
  }

  private static String joined(List<?> list) {
    return String.join(",", list.stream().map(String::valueOf).toList());
  }

  /** As {@link #text}, for a header: control characters are left out, so that it stays one. */
  @Nullable String header(UriTemplate template) {
    String text = text(template);
    if (text == null) {
      return null;
    }
    StringBuilder value = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c >= ' ' && c < 0x7F || c == '\t') {
        value.append(c);
      }
    }
    return value.toString();
  }
}

package dev.gatehouse.runtime.plan;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** Takes apart the constants of a composite, when it is planned. */
final class FixedJson {
  private static final byte[] NULL = "null".getBytes(StandardCharsets.US_ASCII);
  private static final ObjectMapper MAPPER = new ObjectMapper()
      .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
      .configure(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES, false);

  private FixedJson() {}

  /** A member of an object; null where it has none, or is none. */
  static byte[] member(byte[] json, String name) {
    JsonNode member = read(json).get(name);
    return member == null ? NULL : write(member);
  }

  /** The selected part of a constant, under the selected keys. */
  static byte[] select(byte[] json, Selection selection) {
    return write(select(read(json), selection));
  }

  static boolean isNull(byte[] json) {
    return read(json).isNull();
  }

  static boolean isEmptyArray(byte[] json) {
    JsonNode node = read(json);
    return node.isArray() && node.isEmpty();
  }

  private static JsonNode select(JsonNode node, Selection selection) {
    if (node.isArray()) {
      ArrayNode selected = MAPPER.createArrayNode();
      node.forEach(element -> selected.add(select(element, selection)));
      return selected;
    }
    if (!node.isObject()) {
      return node;
    }
    ObjectNode selected = MAPPER.createObjectNode();
    for (Selection.Field field : selection.fields()) {
      JsonNode value = node.get(field.name());
      if (value == null) {
        selected.putNull(field.key());
      } else {
        selected.set(
            field.key(), field.selection() == null ? value : select(value, field.selection()));
      }
    }
    return selected;
  }

  private static JsonNode read(byte[] json) {
    try {
      return MAPPER.readTree(json);
    } catch (IOException e) {
      throw new UncheckedIOException("a constant is no JSON", e);
    }
  }

  private static byte[] write(JsonNode node) {
    try {
      return MAPPER.writeValueAsBytes(node);
    } catch (IOException e) {
      throw new UncheckedIOException("a constant cannot be written", e);
    }
  }
}

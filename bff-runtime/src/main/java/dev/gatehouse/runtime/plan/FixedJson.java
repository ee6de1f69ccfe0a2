package dev.gatehouse.runtime.plan;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gatehouse.dsl.contract.DataType;
import dev.gatehouse.dsl.contract.DataType.Case;
import dev.gatehouse.dsl.contract.DataType.Component;
import dev.gatehouse.dsl.contract.DataType.ListType;
import dev.gatehouse.dsl.contract.DataType.MapType;
import dev.gatehouse.dsl.contract.DataType.RecordType;
import dev.gatehouse.dsl.contract.DataType.UnionType;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

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

  /** The members of an object, in their order. */
  static Map<String, byte[]> members(byte[] json) {
    Map<String, byte[]> members = new LinkedHashMap<>();
    read(json)
        .properties()
        .forEach(member -> members.put(member.getKey(), write(member.getValue())));
    return members;
  }

  /** The selected part of a constant, under the selected keys. */
  static byte[] select(byte[] json, DataType type, Selection selection) {
    return write(select(read(json), type, selection));
  }

  static boolean isNull(byte[] json) {
    return read(json).isNull();
  }

  static boolean isEmptyArray(byte[] json) {
    JsonNode node = read(json);
    return node.isArray() && node.isEmpty();
  }

  private static JsonNode select(JsonNode node, DataType type, Selection selection) {
    if (type instanceof ListType list && node.isArray()) {
      ArrayNode selected = MAPPER.createArrayNode();
      node.forEach(element -> selected.add(select(element, list.element(), selection)));
      return selected;
    }
    if (selection.asText()) {
      return node.isNumber() ? MAPPER.getNodeFactory().textNode(node.asText()) : node;
    }
    if (type instanceof MapType map && node.isObject()) {
      ObjectNode selected = MAPPER.createObjectNode();
      node.properties()
          .forEach(entry ->
              selected.set(entry.getKey(), select(entry.getValue(), map.value(), selection)));
      return selected;
    }
    if (type instanceof UnionType union && node.isObject()) {
      String tag = node.path(union.discriminator()).asText();
      for (Case each : union.cases()) {
        if (each.tag().equals(tag)) {
          UnionCase one = new UnionCase(union, tag, each.type(), selection.inOne());
          JsonNode own = select(node, each.type(), Objects.requireNonNull(one.own()));
          return read(((Out.Const) one.tagged(new Out.Const(write(own)))).json());
        }
      }
    }
    return type instanceof RecordType record && node.isObject()
        ? members(node, record, selection)
        : node;
  }

  private static JsonNode members(JsonNode node, RecordType record, Selection selection) {
    ObjectNode selected = MAPPER.createObjectNode();
    for (Selection.Field field : selection.inOne().fields()) {
      JsonNode value = node.get(field.name());
      Component component = record.field(field.name());
      if (field.name().equals(Selection.TYPE_NAME)) {
        selected.put(field.key(), field.nameOf(record));
      } else if (value == null || component == null) {
        selected.putNull(field.key());
      } else {
        selected.set(
            field.key(),
            field.selection() == null ? value : select(value, component.type(), field.selection()));
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

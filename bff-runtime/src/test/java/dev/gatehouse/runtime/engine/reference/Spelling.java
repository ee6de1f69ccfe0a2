package dev.gatehouse.runtime.engine.reference;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gatehouse.dsl.contract.DataType;
import dev.gatehouse.dsl.contract.DataType.Case;
import dev.gatehouse.dsl.contract.DataType.ListType;
import dev.gatehouse.dsl.contract.DataType.MapType;
import dev.gatehouse.dsl.contract.DataType.RecordType;
import dev.gatehouse.dsl.contract.DataType.UnionType;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** Writes JSON as services may: white space, escapes, members in any order and members that no contract names. */
final class Spelling {
  private final Random random;
  private final StringBuilder text = new StringBuilder();

  private Spelling(Random random) {
    this.random = random;
  }

  static String of(JsonNode json, DataType type, Random random) {
    Spelling spelling = new Spelling(random);
    spelling.write(json, type);
    return spelling.text.toString();
  }

  private void write(JsonNode json, @Nullable DataType type) {
    space();
    if (json.isObject()) {
      object(json, type);
    } else if (json.isArray()) {
      DataType element = type instanceof ListType list ? list.element() : null;
      text.append('[');
      String separator = "";
      for (JsonNode each : json) {
        text.append(separator);
        write(each, element);
        separator = ",";
      }
      text.append(']');
    } else if (json.isTextual()) {
      string(json.asText());
    } else {
      text.append(Trees.text(json));
    }
    space();
  }

  private void object(JsonNode json, @Nullable DataType type) {
    List<Map.Entry<String, JsonNode>> members = new ArrayList<>(json.properties());
    boolean record = type instanceof RecordType || type instanceof UnionType;
    if (record && random.nextBoolean()) {
      Collections.shuffle(members, random);
    }
    text.append('{');
    String separator = "";
    for (Map.Entry<String, JsonNode> member : members) {
      if (record && random.nextInt(6) == 0) {
        text.append(separator).append("\"unknown\":{\"deep\":[1,{}]}");
        separator = ",";
      }
      text.append(separator);
      space();
      string(member.getKey());
      space();
      text.append(':');
      write(member.getValue(), member(type, json, member.getKey()));
      separator = ",";
    }
    text.append('}');
  }

  private static @Nullable DataType member(@Nullable DataType type, JsonNode json, String name) {
    if (type instanceof MapType map) {
      return map.value();
    }
    if (type instanceof UnionType union) {
      String tag = json.path(union.discriminator()).asText();
      for (Case one : union.cases()) {
        if (one.tag().equals(tag)) {
          return member(one.type(), json, name);
        }
      }
    }
    return type instanceof RecordType record && record.field(name) != null
        ? record.field(name).type()
        : null;
  }

  private void space() {
    if (random.nextInt(12) == 0) {
      text.append(" \n\t\r".charAt(random.nextInt(4)));
    }
  }

  private void string(String value) {
    text.append('"');
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c < ' '
          || c == '"'
          || c == '\\'
          || !Character.isSurrogate(c) && random.nextInt(20) == 0) {
        text.append(String.format("\\u%04x", (int) c));
      } else {
        text.append(c);
      }
    }
    text.append('"');
  }
}

package dev.gatehouse.rest.internal.input;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.gatehouse.dsl.contract.DataType;
import dev.gatehouse.dsl.contract.DataType.AnyType;
import dev.gatehouse.dsl.contract.DataType.Case;
import dev.gatehouse.dsl.contract.DataType.Component;
import dev.gatehouse.dsl.contract.DataType.ListType;
import dev.gatehouse.dsl.contract.DataType.MapType;
import dev.gatehouse.dsl.contract.DataType.RecordType;
import dev.gatehouse.dsl.contract.DataType.UnionType;
import dev.gatehouse.dsl.contract.JsonKind;
import dev.gatehouse.runtime.door.Nearest;
import dev.gatehouse.runtime.door.Problem.In;
import dev.gatehouse.runtime.door.format.ScalarFormat;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Checks JSON against contract types while it is parsed, and notes every fault with its JSON pointer. */
final class ContractReader {
  private final JsonFactory factory;
  private final byte[] json;
  private final JsonParser parser;
  private final Faults faults;

  /**
   * @param json what {@code parser} reads
   */
  ContractReader(JsonFactory factory, byte[] json, JsonParser parser, Faults faults) {
    this.factory = factory;
    this.json = json;
    this.parser = parser;
    this.faults = faults;
  }

  /** Checks the value at whose first token the parser stands, and leaves it at the last. */
  void check(DataType type, boolean nullable, String pointer) throws IOException {
    JsonToken token = parser.currentToken();
    if (token == JsonToken.VALUE_NULL) {
      if (!nullable && !(type instanceof AnyType)) {
        fault(pointer, "null (expected: " + expected(type) + ")");
      }
    } else if (type instanceof RecordType record) {
      if (isObject(type, pointer)) {
        members(record, null, pointer);
      }
    } else if (type instanceof UnionType union) {
      if (isObject(type, pointer)) {
        oneOf(union, pointer);
      }
    } else if (type instanceof ListType list) {
      if (token == JsonToken.START_ARRAY) {
        for (int i = 0; parser.nextToken() != JsonToken.END_ARRAY; i++) {
          check(list.element(), list.elementNullable(), pointer + "/" + i);
        }
      } else {
        mismatch(expected(type), pointer);
      }
    } else if (type instanceof MapType map) {
      if (isObject(type, pointer)) {
        while (parser.nextToken() != JsonToken.END_OBJECT) {
          String key = parser.currentName();
          parser.nextToken();
          check(map.value(), map.valueNullable(), pointer(pointer, key));
        }
      }
    } else if (type instanceof AnyType) {
      parser.skipChildren();
    } else {
      scalar(type, pointer);
    }
  }

  private boolean isObject(DataType type, String pointer) throws IOException {
    if (parser.currentToken() == JsonToken.START_OBJECT) {
      return true;
    }
    mismatch(expected(type), pointer);
    return false;
  }

  /**
   * Checks the members of an object.
   *
   * @param discriminator a member that is there besides the record's own; null where there is none
   */
  private void members(RecordType record, @Nullable String discriminator, String pointer)
      throws IOException {
    Set<String> seen = new HashSet<>();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String name = parser.currentName();
      parser.nextToken();
      Component component = record.field(name);
      if (component != null) {
        seen.add(name);
        check(component.type(), component.nullable(), pointer(pointer, name));
      } else {
        if (!name.equals(discriminator)) {
          unknown(name, record.components(), pointer);
        }
        parser.skipChildren();
      }
    }
    for (Component component : record.components()) {
      if (!component.nullable() && !seen.contains(component.name())) {
        missing(component, pointer);
      }
    }
  }

  void unknown(String name, List<Component> known, String pointer) {
    fault(
        pointer(pointer, name),
        "unknown member "
            + Nearest.expected(name, known.stream().map(Component::name).toList()));
  }

  void missing(Component component, String pointer) {
    fault(
        pointer(pointer, component.name()),
        "missing (expected: " + expected(component.type()) + ")");
  }

  private void oneOf(UnionType union, String pointer) throws IOException {
    String tag = tag(union.discriminator());
    List<String> tags = union.cases().stream().map(Case::tag).toList();
    for (Case one : union.cases()) {
      if (one.tag().equals(tag)) {
        members(one.type(), union.discriminator(), pointer);
        return;
      }
    }
    fault(
        pointer(pointer, union.discriminator()),
        (tag == null ? "missing" : Faults.shown(tag)) + " (expected: one of "
            + String.join(", ", tags) + ")");
    parser.skipChildren();
  }

  /** Reads ahead for the member that names the case. */
  private @Nullable String tag(String discriminator) throws IOException {
    int from = (int) parser.currentTokenLocation().getByteOffset();
    try (JsonParser ahead = factory.createParser(json, from, json.length - from)) {
      ahead.nextToken();
      while (ahead.nextToken() == JsonToken.FIELD_NAME) {
        boolean found = ahead.currentName().equals(discriminator);
        JsonToken value = ahead.nextToken();
        if (found) {
          return value == JsonToken.VALUE_STRING ? ahead.getText() : null;
        }
        ahead.skipChildren();
      }
      return null;
    }
  }

  private void scalar(DataType type, String pointer) throws IOException {
    ScalarFormat format = ScalarFormat.of(type);
    JsonToken token = parser.currentToken();
    if (format == null || !fits(format.kind(), token)) {
      mismatch(expected(type), pointer);
    } else if (!format.accepts(parser.getText())) {
      String shown =
          format.kind() == JsonKind.STRING ? Faults.shown(parser.getText()) : parser.getText();
      fault(pointer, shown + " (expected: " + format.expected() + ")");
    }
  }

  private static boolean fits(JsonKind kind, JsonToken token) {
    return switch (kind) {
      case STRING -> token == JsonToken.VALUE_STRING;
      case INTEGER -> token == JsonToken.VALUE_NUMBER_INT;
      case NUMBER -> token.isNumeric();
      case BOOLEAN -> token.isBoolean();
    };
  }

  void mismatch(String expected, String pointer) throws IOException {
    String found = switch (parser.currentToken()) {
      case START_OBJECT -> "an object";
      case START_ARRAY -> "an array";
      case VALUE_STRING -> "the text " + Faults.shown(parser.getText());
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> "the number " + parser.getText();
      default -> parser.getText();
    };
    fault(pointer, found + " (expected: " + expected + ")");
    parser.skipChildren();
  }

  private void fault(String pointer, String detail) {
    faults.add(In.BODY, pointer, detail);
  }

  static String expected(DataType type) {
    if (type instanceof ListType) {
      return "an array";
    }
    if (type instanceof RecordType || type instanceof UnionType || type instanceof MapType) {
      return "an object";
    }
    ScalarFormat format = ScalarFormat.of(type);
    return format == null ? "any value" : format.expected();
  }

  static String pointer(String parent, String name) {
    return parent + "/" + name.replace("~", "~0").replace("/", "~1");
  }
}

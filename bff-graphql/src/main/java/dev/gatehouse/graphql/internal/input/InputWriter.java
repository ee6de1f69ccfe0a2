package dev.gatehouse.graphql.internal.input;

import dev.gatehouse.dsl.contract.DataType;
import dev.gatehouse.dsl.contract.DataType.AnyType;
import dev.gatehouse.dsl.contract.DataType.Case;
import dev.gatehouse.dsl.contract.DataType.Component;
import dev.gatehouse.dsl.contract.DataType.EnumConstant;
import dev.gatehouse.dsl.contract.DataType.EnumType;
import dev.gatehouse.dsl.contract.DataType.ListType;
import dev.gatehouse.dsl.contract.DataType.MapType;
import dev.gatehouse.dsl.contract.DataType.RecordType;
import dev.gatehouse.dsl.contract.DataType.UnionType;
import dev.gatehouse.dsl.contract.JsonKind;
import dev.gatehouse.runtime.door.format.ScalarFormat;
import dev.gatehouse.runtime.json.JsonSink;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Writes coerced values as JSON of contract types, and refuses what a type cannot hold: GraphQL's scalars are wider than some of
 * Java's, and what is below a {@code JSON} scalar nobody has looked at yet.
 */
public final class InputWriter {
  private static final int LONGEST_SHOWN = 80;

  private InputWriter() {}

  /**
   * Writes a value.
   *
   * @param at what it is called in faults
   * @throws InputFault where it does not fit
   */
  public static void write(
      DataType type, boolean nullable, @Nullable Object value, String at, JsonSink out) {
    if (value == null) {
      if (!nullable && !(type instanceof AnyType)) {
        throw new InputFault(at, "null (expected: " + expected(type) + ")");
      }
      out.writeNull();
    } else if (type instanceof RecordType record) {
      out.write('{');
      members(record, map(type, value, at), at, true, out);
      out.write('}');
    } else if (type instanceof UnionType union) {
      oneOf(union, map(type, value, at), at, out);
    } else if (type instanceof ListType list) {
      list(list, value, at, out);
    } else if (type instanceof MapType map) {
      map(map, map(type, value, at), at, out);
    } else if (type instanceof AnyType) {
      any(value, out);
    } else if (type instanceof EnumType enumeration) {
      constant(enumeration, value, at, out);
    } else {
      scalar(type, value, at, out);
    }
  }

  private static void members(
      RecordType record, Map<?, ?> values, String at, boolean first, JsonSink out) {
    boolean comma = !first;
    for (Component component : record.components()) {
      String member = at + "." + component.name();
      if (values.containsKey(component.name())) {
        if (comma) {
          out.write(',');
        }
        comma = true;
        out.writeString(component.name());
        out.write(':');
        write(component.type(), component.nullable(), values.get(component.name()), member, out);
      } else if (!component.nullable()) {
        throw new InputFault(member, "missing (expected: " + expected(component.type()) + ")");
      }
    }
  }

  /** One member says which case it is; JSON says it with the discriminator. */
  private static void oneOf(UnionType union, Map<?, ?> values, String at, JsonSink out) {
    if (values.size() == 1) {
      Map.Entry<?, ?> only = values.entrySet().iterator().next();
      for (Case one : union.cases()) {
        if (CaseNames.member(one).equals(only.getKey()) && only.getValue() != null) {
          String member = at + "." + only.getKey();
          out.write('{');
          out.writeString(union.discriminator());
          out.write(':');
          out.writeString(one.tag());
          members(one.type(), map(one.type(), only.getValue(), member), member, false, out);
          out.write('}');
          return;
        }
      }
    }
    throw new InputFault(
        at,
        values.size() + " members (expected: exactly one of "
            + String.join(", ", union.cases().stream().map(CaseNames::member).toList())
            + ", not null)");
  }

  private static void list(ListType type, Object value, String at, JsonSink out) {
    // GraphQL lets one value stand for a list of it.
    List<?> elements = value instanceof List<?> list ? list : List.of(value);
    out.write('[');
    for (int i = 0; i < elements.size(); i++) {
      if (i > 0) {
        out.write(',');
      }
      write(type.element(), type.elementNullable(), elements.get(i), at + "." + i, out);
    }
    out.write(']');
  }

  private static void map(MapType type, Map<?, ?> values, String at, JsonSink out) {
    out.write('{');
    boolean comma = false;
    for (Map.Entry<?, ?> entry : values.entrySet()) {
      if (comma) {
        out.write(',');
      }
      comma = true;
      String key = String.valueOf(entry.getKey());
      out.writeString(key);
      out.write(':');
      write(type.value(), type.valueNullable(), entry.getValue(), at + "." + key, out);
    }
    out.write('}');
  }

  private static void any(@Nullable Object value, JsonSink out) {
    if (value instanceof Map<?, ?> map) {
      out.write('{');
      boolean comma = false;
      for (Map.Entry<?, ?> entry : map.entrySet()) {
        if (comma) {
          out.write(',');
        }
        comma = true;
        out.writeString(String.valueOf(entry.getKey()));
        out.write(':');
        any(entry.getValue(), out);
      }
      out.write('}');
    } else if (value instanceof List<?> list) {
      out.write('[');
      for (int i = 0; i < list.size(); i++) {
        if (i > 0) {
          out.write(',');
        }
        any(list.get(i), out);
      }
      out.write(']');
    } else if (value instanceof Number || value instanceof Boolean) {
      plain(value.toString(), out);
    } else if (value == null) {
      out.writeNull();
    } else {
      out.writeString(value.toString());
    }
  }

  private static void constant(EnumType type, Object value, String at, JsonSink out) {
    String name = value.toString();
    for (EnumConstant constant : type.constants()) {
      if (constant.name().equals(name)) {
        out.writeString(name);
        return;
      }
    }
    throw mismatch(type, value, at);
  }

  private static void scalar(DataType type, Object value, String at, JsonSink out) {
    ScalarFormat format = ScalarFormat.of(type);
    if (format == null || !fits(format.kind(), value) || !format.accepts(value.toString())) {
      throw mismatch(type, value, at);
    }
    if (format.kind() == JsonKind.STRING) {
      out.writeString(value.toString());
    } else {
      plain(value.toString(), out);
    }
  }

  private static boolean fits(JsonKind kind, Object value) {
    return switch (kind) {
      case STRING -> value instanceof CharSequence;
      // An ID is text, whatever its contract has it be.
      case INTEGER -> value instanceof Number || value instanceof CharSequence;
      case NUMBER -> value instanceof Number;
      case BOOLEAN -> value instanceof Boolean;
    };
  }

  private static void plain(String text, JsonSink out) {
    out.write(text.getBytes(StandardCharsets.US_ASCII));
  }

  private static Map<?, ?> map(DataType type, Object value, String at) {
    if (value instanceof Map<?, ?> map) {
      return map;
    }
    throw mismatch(type, value, at);
  }

  private static InputFault mismatch(DataType type, Object value, String at) {
    String found = value instanceof Map<?, ?>
        ? "an object"
        : value instanceof List<?> ? "a list" : shown(value);
    return new InputFault(at, found + " (expected: " + expected(type) + ")");
  }

  private static String shown(Object value) {
    String text = value.toString();
    String cut = text.length() <= LONGEST_SHOWN ? text : text.substring(0, LONGEST_SHOWN) + "…";
    return value instanceof CharSequence ? "\"" + cut + "\"" : cut;
  }

  private static String expected(DataType type) {
    if (type instanceof ListType) {
      return "a list";
    }
    if (type instanceof RecordType || type instanceof UnionType || type instanceof MapType) {
      return "an object";
    }
    ScalarFormat format = ScalarFormat.of(type);
    return format == null ? "any value" : format.expected();
  }
}

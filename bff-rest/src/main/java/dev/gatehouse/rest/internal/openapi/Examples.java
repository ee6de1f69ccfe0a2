package dev.gatehouse.rest.internal.openapi;

import dev.gatehouse.dsl.contract.DataType;
import dev.gatehouse.dsl.contract.DataType.AnyType;
import dev.gatehouse.dsl.contract.DataType.Case;
import dev.gatehouse.dsl.contract.DataType.Component;
import dev.gatehouse.dsl.contract.DataType.ListType;
import dev.gatehouse.dsl.contract.DataType.MapType;
import dev.gatehouse.dsl.contract.DataType.RecordType;
import dev.gatehouse.dsl.contract.DataType.UnionType;
import dev.gatehouse.dsl.contract.JsonKind;
import dev.gatehouse.runtime.door.format.ScalarFormat;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.math.BigDecimal;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Plausible values of contract types: from the type, and for plain texts and numbers from how the component is called. */
final class Examples {
  private static final int DEEPEST = 8;

  /** By the end of a name in lower case; the first that fits. */
  private static final List<Map.Entry<String, String>> TEXTS = List.of(
      Map.entry("id", "42"),
      Map.entry("email", "ada@example.com"),
      Map.entry("currency", "EUR"),
      Map.entry("country", "NL"),
      Map.entry("city", "Utrecht"),
      Map.entry("url", "https://example.com/a"),
      Map.entry("image", "https://example.com/a.png"),
      Map.entry("locale", "en-GB"),
      Map.entry("language", "en"),
      Map.entry("cursor", "b2Zmc2V0OjIw"),
      Map.entry("next", "b2Zmc2V0OjIw"),
      Map.entry("title", "An example"),
      Map.entry("name", "Example"),
      Map.entry("description", "Something worth having."),
      Map.entry("text", "As expected."));

  private static final List<Map.Entry<String, String>> NUMBERS = List.of(
      Map.entry("rating", "5"),
      Map.entry("page", "1"),
      Map.entry("size", "20"),
      Map.entry("year", "2026"),
      Map.entry("quantity", "2"),
      Map.entry("units", "3"),
      Map.entry("count", "3"),
      Map.entry("total", "3"));

  private Examples() {}

  /** A value of a type. */
  static @Nullable Object of(DataType type) {
    return value(type, "", new HashSet<>());
  }

  /** An object of these components. */
  static JsonObject of(List<Component> components) {
    return object(components, new HashSet<>());
  }

  /** The text of a scalar, as it stands in a URI. */
  static String text(ScalarFormat format, String name) {
    if (format.kind() == JsonKind.STRING) {
      return format.example().equals("text") ? byName(TEXTS, name, "example") : format.example();
    }
    return format.kind() == JsonKind.INTEGER
        ? byName(NUMBERS, name, format.example())
        : format.example();
  }

  private static @Nullable Object value(DataType type, String name, Set<String> open) {
    if (type instanceof ListType list) {
      Object element = value(list.element(), name, open);
      return element == null ? new JsonArray() : new JsonArray().add(element);
    }
    if (type instanceof MapType map) {
      Object value = value(map.value(), name, open);
      return value == null ? new JsonObject() : new JsonObject().put("key", value);
    }
    if (type instanceof AnyType) {
      return new JsonObject();
    }
    if (type instanceof RecordType || type instanceof UnionType) {
      return composed(type, open);
    }
    ScalarFormat format = ScalarFormat.of(type);
    if (format == null) {
      return null;
    }
    String text = text(format, name);
    return switch (format.kind()) {
      case STRING -> text;
      case INTEGER -> Long.valueOf(text);
      case NUMBER -> new BigDecimal(text);
      case BOOLEAN -> Boolean.valueOf(text);
    };
  }

  /** Null where the type is being described already, or too deep. */
  private static @Nullable Object composed(DataType type, Set<String> open) {
    if (open.size() >= DEEPEST || !open.add(type.name())) {
      return null;
    }
    JsonObject value = null;
    if (type instanceof RecordType record) {
      value = object(record.components(), open);
    } else if (type instanceof UnionType union) {
      Case first = union.cases().get(0);
      value = new JsonObject()
          .put(union.discriminator(), first.tag())
          .mergeIn(object(first.type().components(), open));
    }
    open.remove(type.name());
    return value;
  }

  private static JsonObject object(List<Component> components, Set<String> open) {
    JsonObject object = new JsonObject();
    for (Component component : components) {
      if (component.deprecation() == null || !component.nullable()) {
        object.put(component.name(), value(component.type(), component.name(), open));
      }
    }
    return object;
  }

  private static String byName(
      List<Map.Entry<String, String>> examples, String name, String otherwise) {
    String lower = name.toLowerCase(Locale.ROOT);
    for (Map.Entry<String, String> example : examples) {
      if (lower.endsWith(example.getKey())) {
        return example.getValue();
      }
    }
    return otherwise;
  }
}

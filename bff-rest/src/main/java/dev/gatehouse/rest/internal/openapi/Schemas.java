package dev.gatehouse.rest.internal.openapi;

import dev.gatehouse.dsl.contract.DataType;
import dev.gatehouse.dsl.contract.DataType.AnyType;
import dev.gatehouse.dsl.contract.DataType.Case;
import dev.gatehouse.dsl.contract.DataType.Component;
import dev.gatehouse.dsl.contract.DataType.EnumConstant;
import dev.gatehouse.dsl.contract.DataType.EnumType;
import dev.gatehouse.dsl.contract.DataType.ListType;
import dev.gatehouse.dsl.contract.DataType.MapType;
import dev.gatehouse.dsl.contract.DataType.RecordType;
import dev.gatehouse.dsl.contract.DataType.ScalarType;
import dev.gatehouse.dsl.contract.DataType.UnionType;
import dev.gatehouse.runtime.door.format.ScalarFormat;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.lang.reflect.Type;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** JSON schemas (2020-12) of contract types. Records, unions and enumerations are named and stand once. Used for one document. */
final class Schemas {
  private static final String PREFIX = "#/components/schemas/";

  private final Map<String, JsonObject> named = new TreeMap<>();
  private final Map<Type, String> names = new LinkedHashMap<>();

  /** The named schemas that were referred to. */
  JsonObject named() {
    JsonObject all = new JsonObject();
    named.forEach(all::put);
    return all;
  }

  /** Adds a schema that is no contract's. */
  void add(String name, JsonObject schema) {
    named.put(name, schema);
  }

  static JsonObject reference(String name) {
    return new JsonObject().put("$ref", PREFIX + name);
  }

  /** The schema of a value. */
  JsonObject of(DataType type) {
    if (type instanceof ScalarType scalar) {
      return scalar(scalar);
    }
    if (type instanceof ListType list) {
      return new JsonObject()
          .put("type", "array")
          .put("items", of(list.element(), list.elementNullable()));
    }
    if (type instanceof MapType map) {
      return new JsonObject()
          .put("type", "object")
          .put("additionalProperties", of(map.value(), map.valueNullable()));
    }
    if (type instanceof AnyType) {
      return new JsonObject().put("description", "Any JSON value.");
    }
    return reference(name(type));
  }

  /** The schema of a value that may be null. */
  JsonObject of(DataType type, boolean nullable) {
    JsonObject schema = of(type);
    if (!nullable || type instanceof AnyType) {
      return schema;
    }
    return schema.getValue("type") instanceof String single
        ? schema.put("type", new JsonArray().add(single).add("null"))
        : new JsonObject()
            .put("anyOf", new JsonArray().add(schema).add(new JsonObject().put("type", "null")));
  }

  /** The schema of an object with these components. */
  JsonObject object(List<Component> components, @Nullable String description) {
    JsonObject properties = new JsonObject();
    JsonArray required = new JsonArray();
    for (Component component : components) {
      properties.put(component.name(), property(component));
      if (!component.nullable()) {
        required.add(component.name());
      }
    }
    JsonObject schema = new JsonObject().put("type", "object");
    if (description != null) {
      schema.put("description", description);
    }
    schema.put("properties", properties);
    return required.isEmpty() ? schema : schema.put("required", required);
  }

  private JsonObject property(Component component) {
    JsonObject schema = of(component.type(), component.nullable());
    String description = described(component.description(), component.deprecation());
    if (description != null) {
      schema.put("description", description);
    }
    return component.deprecation() == null ? schema : schema.put("deprecated", true);
  }

  /** A description that says why not to use the thing any more, where that is so. */
  static @Nullable String described(@Nullable String description, @Nullable String deprecation) {
    if (deprecation == null || deprecation.isBlank()) {
      return description;
    }
    return description == null ? deprecation : description + " " + deprecation;
  }

  private static JsonObject scalar(ScalarType scalar) {
    JsonObject schema = new JsonObject().put("type", scalar.kind().name().toLowerCase(Locale.ROOT));
    ScalarFormat format = ScalarFormat.of(scalar);
    if (format != null && format.format() != null) {
      schema.put("format", format.format());
    }
    if (scalar.description() != null) {
      schema.put("description", scalar.description());
    }
    if (scalar.specifiedBy() != null) {
      schema.put(
          "externalDocs", new JsonObject().put("url", scalar.specifiedBy().toString()));
    }
    return schema;
  }

  private String name(DataType type) {
    String known = names.get(type.javaType());
    if (known != null) {
      return known;
    }
    String name = free(type.name());
    names.put(type.javaType(), name);
    // Taken before it is described, as a type may refer to itself.
    named.put(name, new JsonObject());
    if (type instanceof RecordType record) {
      named.put(name, object(record.components(), record.description()));
    } else if (type instanceof EnumType enumeration) {
      named.put(name, enumeration(enumeration));
    } else if (type instanceof UnionType union) {
      named.put(name, union(union, name));
    }
    return name;
  }

  /** Two records of one simple name are told apart by a number. */
  private String free(String wanted) {
    String clean = wanted.replaceAll("[^A-Za-z0-9._-]", "_");
    String name = clean;
    for (int i = 2; named.containsKey(name); i++) {
      name = clean + i;
    }
    return name;
  }

  private static JsonObject enumeration(EnumType enumeration) {
    JsonArray constants = new JsonArray();
    StringBuilder description =
        new StringBuilder(enumeration.description() == null ? "" : enumeration.description());
    for (EnumConstant constant : enumeration.constants()) {
      constants.add(constant.name());
      String own = described(constant.description(), constant.deprecation());
      if (own != null) {
        description
            .append(description.isEmpty() ? "" : "\n")
            .append("- `")
            .append(constant.name())
            .append("`: ");
        description.append(own);
      }
    }
    JsonObject schema = new JsonObject().put("type", "string");
    if (!description.isEmpty()) {
      schema.put("description", description.toString());
    }
    return schema.put("enum", constants);
  }

  private JsonObject union(UnionType union, String name) {
    JsonArray oneOf = new JsonArray();
    JsonObject mapping = new JsonObject();
    for (Case one : union.cases()) {
      // A record does not know which unions it is a case of, so the discriminator is added around
      // it.
      String caseName = free(name + "_" + one.tag());
      named.put(caseName, new JsonObject());
      JsonObject tag = new JsonObject()
          .put("type", "object")
          .put(
              "properties",
              new JsonObject()
                  .put(
                      union.discriminator(),
                      new JsonObject().put("type", "string").put("const", one.tag())))
          .put("required", new JsonArray().add(union.discriminator()));
      named.put(
          caseName, new JsonObject().put("allOf", new JsonArray().add(tag).add(of(one.type()))));
      oneOf.add(reference(caseName));
      mapping.put(one.tag(), PREFIX + caseName);
    }
    JsonObject schema = new JsonObject();
    if (union.description() != null) {
      schema.put("description", union.description());
    }
    return schema
        .put("oneOf", oneOf)
        .put(
            "discriminator",
            new JsonObject().put("propertyName", union.discriminator()).put("mapping", mapping));
  }
}

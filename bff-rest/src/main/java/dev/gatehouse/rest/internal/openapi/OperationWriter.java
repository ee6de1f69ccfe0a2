package dev.gatehouse.rest.internal.openapi;

import dev.gatehouse.dsl.contract.DataType;
import dev.gatehouse.dsl.contract.DataType.ListType;
import dev.gatehouse.dsl.contract.DataType.MapType;
import dev.gatehouse.dsl.contract.DataType.RecordType;
import dev.gatehouse.dsl.contract.DataType.UnionType;
import dev.gatehouse.dsl.contract.JsonKind;
import dev.gatehouse.dsl.graph.Node.ArgumentSpec;
import dev.gatehouse.rest.internal.fields.ArgumentSlot;
import dev.gatehouse.rest.internal.input.BodyShape;
import dev.gatehouse.rest.internal.input.Parameter;
import dev.gatehouse.runtime.door.Problem.In;
import dev.gatehouse.runtime.door.format.ScalarFormat;
import io.vertx.core.json.Json;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Writes the operation objects of a document. */
final class OperationWriter {
  private final Schemas schemas;

  OperationWriter(Schemas schemas) {
    this.schemas = schemas;
  }

  JsonObject operation(DescribedRoute route, String operationId) {
    JsonObject operation =
        new JsonObject().put("operationId", operationId).put("summary", summary(route));
    JsonArray parameters = new JsonArray();
    for (Parameter parameter : route.input().parameters()) {
      parameters.add(parameter(parameter));
    }
    if (isSelectable(route.output())) {
      parameters.add(fields(route));
    }
    for (ArgumentSlot slot : route.arguments()) {
      parameters.add(argument(slot));
    }
    if (!parameters.isEmpty()) {
      operation.put("parameters", parameters);
    }
    boolean hasBody = body(route.input().body(), operation);
    JsonObject responses = new JsonObject().put(Integer.toString(route.status()), success(route));
    ProblemResponses.refer(route, hasBody, responses);
    return operation.put("responses", responses);
  }

  /** Words from the composite's name: {@code ProductPage} becomes "Product page". */
  private static String summary(DescribedRoute route) {
    String words =
        route.composite().replaceAll("(?<=[a-z0-9])(?=[A-Z])", " ").toLowerCase(Locale.ROOT);
    return Character.toUpperCase(words.charAt(0)) + words.substring(1);
  }

  private JsonObject parameter(Parameter parameter) {
    JsonObject schema = schemas.of(parameter.type());
    String text = parameter.defaultText();
    if (text != null) {
      schema.put("default", Json.decodeValue(text));
    }
    JsonObject object = new JsonObject()
        .put("name", parameter.name())
        .put("in", parameter.in().label())
        .put("required", parameter.isRequired());
    if (parameter.component() != null) {
      String description = Schemas.described(
          parameter.component().description(), parameter.component().deprecation());
      if (description != null) {
        object.put("description", description);
      }
      if (parameter.component().deprecation() != null) {
        object.put("deprecated", true);
      }
    }
    object.put("schema", schema);
    if (parameter.in() == In.QUERY && parameter.type() instanceof ListType) {
      object.put("style", "form").put("explode", true);
    } else {
      object.put(
          "example",
          literal(parameter.format(), Examples.text(parameter.format(), parameter.name())));
    }
    return object;
  }

  private static JsonObject fields(DescribedRoute route) {
    JsonObject schema = new JsonObject().put("type", "string");
    if (route.defaultFields() != null) {
      schema.put("default", route.defaultFields());
    }
    return new JsonObject()
        .put("name", "fields")
        .put("in", "query")
        .put("required", false)
        .put(
            "description",
            "Which fields the answer has, such as `name,price(amount)`: names divided by commas, the"
                + " fields of an object in parentheses."
                + (route.defaultFields() == null ? " All, where it is not given." : ""))
        .put("schema", schema)
        .put(
            "example",
            route.defaultFields() == null ? exampleFields(route.output()) : route.defaultFields());
  }

  /** The first two fields. */
  private static String exampleFields(@Nullable DataType output) {
    DataType element = element(output);
    if (element instanceof RecordType record) {
      String first = record.components().get(0).name();
      return record.components().size() == 1
          ? first
          : first + "," + record.components().get(1).name();
    }
    return element instanceof UnionType union ? union.discriminator() : "";
  }

  private static @Nullable DataType element(@Nullable DataType type) {
    if (type instanceof ListType list) {
      return element(list.element());
    }
    return type instanceof MapType map ? element(map.value()) : type;
  }

  private static boolean isSelectable(@Nullable DataType output) {
    DataType element = element(output);
    return element instanceof RecordType || element instanceof UnionType;
  }

  private JsonObject argument(ArgumentSlot slot) {
    ArgumentSpec spec = slot.spec();
    ScalarFormat format = ScalarFormat.of(spec.type());
    boolean isText = format != null && format.kind() == JsonKind.STRING;
    JsonObject schema = schemas.of(spec.type());
    if (spec.byDefault() != null) {
      schema.put("default", Json.decodeValue(spec.byDefault().toString()));
    }
    if (spec.min() != null) {
      schema.put(isText ? "minLength" : "minimum", spec.min());
    }
    if (spec.max() != null) {
      schema.put(isText ? "maxLength" : "maximum", spec.max());
    }
    return new JsonObject()
        .put("name", slot.parameter())
        .put("in", "query")
        .put("required", false)
        .put(
            "description",
            spec.description() == null
                ? "Argument `" + spec.name() + "` of the field `" + spec.field().name() + "`."
                : spec.description())
        .put("schema", schema);
  }

  private boolean body(BodyShape body, JsonObject operation) {
    JsonObject media = new JsonObject();
    boolean required = true;
    if (body instanceof BodyShape.Whole whole) {
      media.put("schema", schemas.of(whole.type())).put("example", Examples.of(whole.type()));
    } else if (body instanceof BodyShape.Members members
        && !members.components().isEmpty()) {
      JsonObject schema =
          schemas.object(members.components(), null).put("additionalProperties", false);
      media.put("schema", schema).put("example", Examples.of(members.components()));
      required = !members.isOptional();
      JsonArray needed = schema.getJsonArray("required");
      if (needed != null) {
        members.defaults().forEach((name, json) -> {
          needed.remove(name);
          schema
              .getJsonObject("properties")
              .getJsonObject(name)
              .put("default", Json.decodeValue(text(json)));
        });
      }
    } else {
      return false;
    }
    operation.put(
        "requestBody",
        new JsonObject()
            .put("required", required)
            .put("content", new JsonObject().put("application/json", media)));
    return true;
  }

  private JsonObject success(DescribedRoute route) {
    if (route.output() == null || route.status() == 204) {
      return new JsonObject().put("description", "Done; there is nothing to tell.");
    }
    JsonObject headers = new JsonObject()
        .put("gatehouse-degraded", new JsonObject().put("$ref", "#/components/headers/Degraded"));
    if (route.method().equals("GET")) {
      headers
          .put("etag", new JsonObject().put("$ref", "#/components/headers/ETag"))
          .put("cache-control", new JsonObject().put("$ref", "#/components/headers/CacheControl"));
    }
    return new JsonObject()
        .put(
            "description",
            isSelectable(route.output())
                ? "The answer; with `fields`, as much of it as was selected."
                : "The answer.")
        .put("headers", headers)
        .put(
            "content",
            new JsonObject()
                .put(
                    "application/json",
                    new JsonObject()
                        .put("schema", schemas.of(route.output()))
                        .put("example", Examples.of(route.output()))));
  }

  private static Object literal(ScalarFormat format, String text) {
    return switch (format.kind()) {
      case STRING -> text;
      case INTEGER -> Long.valueOf(text);
      case NUMBER -> new BigDecimal(text);
      case BOOLEAN -> Boolean.valueOf(text);
    };
  }

  private static String text(byte[] json) {
    return new String(json, StandardCharsets.UTF_8);
  }
}

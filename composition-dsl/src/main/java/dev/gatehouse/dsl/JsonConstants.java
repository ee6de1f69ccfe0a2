package dev.gatehouse.dsl;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.gatehouse.dsl.contract.JsonMapping;
import dev.gatehouse.dsl.graph.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Type;
import java.util.List;

/** Writes values that are known at definition. */
final class JsonConstants {
  static final Json NULL = Json.of("null");
  static final Json EMPTY_LIST = Json.of("[]");

  private JsonConstants() {}

  /**
   * @throws IllegalArgumentException where Jackson cannot write it
   */
  static Json write(Object value, Type type) {
    try {
      return Json.of(JsonMapping.writer(type).writeValueAsString(value));
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(
          "cannot write " + value + " as JSON of the type " + type.getTypeName(), e);
    }
  }

  /** How many elements an array has; 0 for anything else. */
  static int length(Json json) {
    try {
      Object value = JsonMapping.reader(Object.class).readValue(json.bytes());
      return value instanceof List<?> list ? list.size() : 0;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

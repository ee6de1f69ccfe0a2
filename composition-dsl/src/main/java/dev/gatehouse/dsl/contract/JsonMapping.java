package dev.gatehouse.dsl.contract;

import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.SerializationConfig;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.lang.reflect.Type;

/**
 * Turns contract values into JSON and back, by the same rules by which {@link Contracts} reads their types: one-component
 * {@code value} records are scalars, times are ISO 8601 text, decimals keep their digits, unknown properties are ignored, and
 * unions carry their discriminator. Thread-safe.
 */
public final class JsonMapping {
  private static final ObjectMapper MAPPER = newMapper();

  private JsonMapping() {}

  /** Reads values of a Java type. Immutable. */
  public static ObjectReader reader(Type type) {
    return MAPPER.readerFor(MAPPER.constructType(type));
  }

  /** Writes values of a Java type. Immutable. */
  public static ObjectWriter writer(Type type) {
    return MAPPER.writerFor(MAPPER.constructType(type));
  }

  /** A mapper of one's own, to be configured further. */
  public static ObjectMapper newMapper() {
    return JsonMapper.builder()
        .addModule(new JavaTimeModule())
        .addModule(new ContractModule())
        .disable(MapperFeature.REQUIRE_TYPE_ID_FOR_SUBTYPES)
        .disable(
            DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES,
            DeserializationFeature.ADJUST_DATES_TO_CONTEXT_TIME_ZONE)
        .enable(
            DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS,
            DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
        .disable(
            SerializationFeature.WRITE_DATES_AS_TIMESTAMPS,
            SerializationFeature.WRITE_DURATIONS_AS_TIMESTAMPS)
        .disable(SerializationFeature.FAIL_ON_EMPTY_BEANS)
        .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
        .enable(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN)
        .build();
  }

  static SerializationConfig config() {
    return MAPPER.getSerializationConfig();
  }

  static JsonNode tree(Object value) {
    return MAPPER.valueToTree(value);
  }
}

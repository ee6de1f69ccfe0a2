package dev.gatehouse.dsl.contract;

import com.fasterxml.jackson.annotation.JsonValue;
import dev.gatehouse.dsl.contract.DataType.ScalarType;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.util.Currency;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Which Java types are scalars, and how they travel. */
final class ScalarRules {
  private static final Map<Class<?>, ScalarType> BUILT_IN = builtIn();

  private ScalarRules() {}

  private static Map<Class<?>, ScalarType> builtIn() {
    Map<Class<?>, ScalarType> scalars = new HashMap<>();
    for (Class<?> type :
        new Class<?>[] {Byte.class, Short.class, Integer.class, Long.class, BigInteger.class}) {
      add(scalars, type, JsonKind.INTEGER, null);
    }
    for (Class<?> type : new Class<?>[] {Float.class, Double.class, BigDecimal.class}) {
      add(scalars, type, JsonKind.NUMBER, null);
    }
    add(scalars, Boolean.class, JsonKind.BOOLEAN, null);
    add(scalars, String.class, JsonKind.STRING, null);
    add(scalars, Character.class, JsonKind.STRING, null);
    add(scalars, UUID.class, JsonKind.STRING, "https://www.rfc-editor.org/rfc/rfc9562");
    add(scalars, URI.class, JsonKind.STRING, "https://www.rfc-editor.org/rfc/rfc3986");
    add(scalars, Instant.class, JsonKind.STRING, "https://www.rfc-editor.org/rfc/rfc3339");
    add(scalars, OffsetDateTime.class, JsonKind.STRING, "https://www.rfc-editor.org/rfc/rfc3339");
    add(scalars, LocalDate.class, JsonKind.STRING, "https://www.rfc-editor.org/rfc/rfc3339");
    add(scalars, LocalTime.class, JsonKind.STRING, "https://www.iso.org/standard/70907.html");
    add(scalars, LocalDateTime.class, JsonKind.STRING, "https://www.iso.org/standard/70907.html");
    add(scalars, Duration.class, JsonKind.STRING, "https://www.iso.org/standard/70907.html");
    add(scalars, Locale.class, JsonKind.STRING, "https://www.rfc-editor.org/rfc/rfc5646");
    add(scalars, Currency.class, JsonKind.STRING, "https://www.iso.org/standard/64758.html");
    scalars.put(
        byte[].class,
        new ScalarType(
            "Base64",
            JsonKind.STRING,
            byte[].class,
            URI.create("https://www.rfc-editor.org/rfc/rfc4648#section-4"),
            null));
    return Map.copyOf(scalars);
  }

  private static void add(
      Map<Class<?>, ScalarType> scalars,
      Class<?> type,
      JsonKind kind,
      @Nullable String specifiedBy) {
    scalars.put(
        type,
        new ScalarType(
            type.getSimpleName(),
            kind,
            type,
            specifiedBy == null ? null : URI.create(specifiedBy),
            null));
  }

  /** The scalar that {@code type}, boxed, is; null where it is none. */
  static @Nullable ScalarType scalar(Class<?> type) {
    ScalarType builtIn = BUILT_IN.get(type);
    if (builtIn != null) {
      return builtIn;
    }
    if (type.isEnum()) {
      return null;
    }
    ScalarType inner = inner(type);
    return inner == null
        ? null
        : new ScalarType(
            type.getSimpleName(), inner.kind(), type, inner.specifiedBy(), Describe.type(type));
  }

  private static @Nullable ScalarType inner(Class<?> type) {
    RecordComponent value = value(type);
    Type inner = value == null ? jsonValue(type) : value.getType();
    return inner != null
            && inner != type
            && GenericTypes.resolve(inner, Map.of()) instanceof Class<?> plain
        ? scalar(plain)
        : null;
  }

  /** The only component of a record where it is called {@code value} and is itself a scalar; null elsewhere. */
  static @Nullable RecordComponent wrapped(Class<?> type) {
    RecordComponent value = value(type);
    return value != null && inner(type) != null ? value : null;
  }

  private static @Nullable RecordComponent value(Class<?> type) {
    if (!type.isRecord() || jsonValue(type) != null) {
      return null;
    }
    RecordComponent[] components = type.getRecordComponents();
    return components.length == 1 && components[0].getName().equals("value") ? components[0] : null;
  }

  private static @Nullable Type jsonValue(Class<?> type) {
    for (Method method : type.getDeclaredMethods()) {
      if (marked(method)) {
        return method.getGenericReturnType();
      }
    }
    for (Field field : type.getDeclaredFields()) {
      if (marked(field)) {
        return field.getGenericType();
      }
    }
    return null;
  }

  private static boolean marked(AnnotatedElement element) {
    JsonValue mark = element.getAnnotation(JsonValue.class);
    return mark != null && mark.value();
  }
}

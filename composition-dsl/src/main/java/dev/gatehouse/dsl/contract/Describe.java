package dev.gatehouse.dsl.contract;

import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Field;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads what annotations say of a type, a component or an enum constant. */
final class Describe {

  private Describe() {}

  static @Nullable String type(Class<?> type) {
    return text(type);
  }

  static @Nullable String component(RecordComponent component) {
    return text(component);
  }

  static @Nullable String constant(Field constant) {
    return text(constant);
  }

  private static @Nullable String text(AnnotatedElement element) {
    Description description = element.getAnnotation(Description.class);
    return description == null ? null : description.value();
  }

  static @Nullable String deprecation(RecordComponent component) {
    return deprecation(component.getAccessor().getAnnotation(Deprecated.class));
  }

  static @Nullable String deprecation(Field constant) {
    return deprecation(constant.getAnnotation(Deprecated.class));
  }

  private static @Nullable String deprecation(@Nullable Deprecated mark) {
    if (mark == null) {
      return null;
    }
    return mark.since().isEmpty() ? "Deprecated." : "Deprecated since " + mark.since() + ".";
  }

  /** Whether it, or its type, is marked by any annotation of the name {@code Nullable}. */
  static boolean nullable(RecordComponent component) {
    return Stream.of(component.getAnnotatedType(), component, component.getAccessor())
        .anyMatch(Describe::nullable);
  }

  static boolean nullable(AnnotatedElement element) {
    return Arrays.stream(element.getAnnotations())
        .map(Annotation::annotationType)
        .anyMatch(type -> type.getSimpleName().equals("Nullable"));
  }
}

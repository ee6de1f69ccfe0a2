package dev.gatehouse.dsl.contract;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeName;
import com.fasterxml.jackson.databind.AnnotationIntrospector;
import com.fasterxml.jackson.databind.PropertyName;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.PropertyNamingStrategy;
import com.fasterxml.jackson.databind.SerializationConfig;
import com.fasterxml.jackson.databind.introspect.AnnotatedClass;
import com.fasterxml.jackson.databind.introspect.AnnotatedField;
import com.fasterxml.jackson.databind.introspect.AnnotatedMember;
import com.fasterxml.jackson.databind.introspect.AnnotatedMethod;
import com.fasterxml.jackson.databind.util.ClassUtil;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The names that Jackson's annotations give to components and cases. */
final class JsonNames {

  private JsonNames() {}

  /** The JSON name by the Java name of every component that JSON has; an ignored one is left out. */
  static Map<String, String> of(Class<?> type) {
    SerializationConfig config = JsonMapping.config();
    AnnotatedClass annotated =
        config.introspectClassAnnotations(config.constructType(type)).getClassInfo();
    AnnotatedClass members = config.introspect(config.constructType(type)).getClassInfo();
    AnnotationIntrospector introspector = config.getAnnotationIntrospector();
    PropertyNamingStrategy naming = naming(config, introspector, annotated);
    Set<String> ignored =
        introspector.findPropertyIgnoralByName(config, annotated).findIgnoredForSerialization();
    Map<String, String> names = new LinkedHashMap<>();
    for (RecordComponent component : type.getRecordComponents()) {
      String name = name(component, members, introspector, naming);
      if (name != null && !ignored.contains(name)) {
        names.put(component.getName(), name);
      }
    }
    return names;
  }

  private static @Nullable String name(
      RecordComponent component,
      AnnotatedClass type,
      AnnotationIntrospector introspector,
      @Nullable PropertyNamingStrategy naming) {
    for (AnnotatedMember member : members(component, type)) {
      if (introspector.hasIgnoreMarker(member)) {
        return null;
      }
      PropertyName explicit = introspector.findNameForSerialization(member);
      if (explicit != null && explicit.hasSimpleName()) {
        return explicit.getSimpleName();
      }
    }
    return naming instanceof PropertyNamingStrategies.NamingBase base
        ? base.translate(component.getName())
        : component.getName();
  }

  private static List<AnnotatedMember> members(RecordComponent component, AnnotatedClass type) {
    List<AnnotatedMember> members = new ArrayList<>();
    for (AnnotatedField field : type.fields()) {
      if (field.getName().equals(component.getName())) {
        members.add(field);
      }
    }
    AnnotatedMethod accessor = type.findMethod(component.getName(), new Class<?>[0]);
    if (accessor != null) {
      members.add(accessor);
    }
    return members;
  }

  private static @Nullable PropertyNamingStrategy naming(
      SerializationConfig config, AnnotationIntrospector introspector, AnnotatedClass type) {
    Object found = introspector.findNamingStrategy(type);
    return found instanceof Class<?> strategy
        ? (PropertyNamingStrategy)
            ClassUtil.createInstance(strategy, config.canOverrideAccessModifiers())
        : config.getPropertyNamingStrategy();
  }

  /** What tells {@code permitted} from the other cases of {@code union}. */
  static String tag(Class<?> union, Class<?> permitted) {
    JsonSubTypes types = union.getAnnotation(JsonSubTypes.class);
    if (types != null) {
      for (JsonSubTypes.Type type : types.value()) {
        if (type.value() == permitted && !type.name().isEmpty()) {
          return type.name();
        }
      }
    }
    JsonTypeName name = permitted.getAnnotation(JsonTypeName.class);
    return name == null || name.value().isEmpty() ? permitted.getSimpleName() : name.value();
  }
}

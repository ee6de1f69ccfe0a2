package dev.gatehouse.dsl.contract;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.databind.JsonNode;
import dev.gatehouse.dsl.contract.ContractProblem.Kind;
import dev.gatehouse.dsl.contract.DataType.AnyType;
import dev.gatehouse.dsl.contract.DataType.Case;
import dev.gatehouse.dsl.contract.DataType.Component;
import dev.gatehouse.dsl.contract.DataType.EnumConstant;
import dev.gatehouse.dsl.contract.DataType.EnumType;
import dev.gatehouse.dsl.contract.DataType.ListType;
import dev.gatehouse.dsl.contract.DataType.MapType;
import dev.gatehouse.dsl.contract.DataType.RecordType;
import dev.gatehouse.dsl.contract.DataType.ScalarType;
import java.lang.reflect.AnnotatedParameterizedType;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.Field;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads one Java type and everything it is made of. Used once, by one thread. */
final class ContractReader {
  private static final Set<Class<?>> LISTS =
      Set.of(List.class, Collection.class, Set.class, Iterable.class);
  private static final Set<Class<?>> OPTIONALS =
      Set.of(Optional.class, OptionalInt.class, OptionalLong.class, OptionalDouble.class);

  private final Map<Type, DataType> known;
  private final Map<Type, DataType> read = new LinkedHashMap<>();
  private final List<ContractProblem> problems = new ArrayList<>();

  ContractReader(Map<Type, DataType> known) {
    this.known = known;
  }

  /** What was read, and may be remembered once {@link #readAll} returned. */
  Map<Type, DataType> read() {
    return read;
  }

  DataType readAll(Type type) {
    DataType contract = read(
        type,
        null,
        Map.of(),
        type instanceof Class<?> plain ? plain.getSimpleName() : type.getTypeName());
    for (DataType one : List.copyOf(read.values())) {
      if (one instanceof RecordType record) {
        new RequiredCycle(record).find().ifPresent(problems::add);
      }
    }
    if (!problems.isEmpty()) {
      throw new ContractException(problems.stream().distinct().toList());
    }
    return contract;
  }

  private DataType read(
      Type declared,
      @Nullable AnnotatedType annotated,
      Map<TypeVariable<?>, Type> bindings,
      String path) {
    Type type = GenericTypes.resolve(declared, bindings);
    DataType already = known.containsKey(type) ? known.get(type) : read.get(type);
    if (already != null) {
      return already;
    }
    if (type instanceof Class<?> plain) {
      return plain(plain, path);
    }
    if (type instanceof ParameterizedType generic) {
      return generic(generic, annotated, bindings, path);
    }
    return unsupported(type, path, "a concrete type in place of " + type.getTypeName());
  }

  private DataType plain(Class<?> type, String path) {
    ScalarType scalar = ScalarRules.scalar(type);
    if (scalar != null) {
      return remember(type, scalar);
    }
    if (type.isEnum()) {
      return remember(type, enumeration(type, path));
    }
    if (type == Object.class
        || JsonNode.class.isAssignableFrom(type)
        || type == Nothing.class
        || type == Void.class) {
      return new AnyType(type == Void.class ? Nothing.class : type);
    }
    if (type.isRecord() && type.getTypeParameters().length == 0) {
      return record(type, type, path);
    }
    if (type.isSealed() && type.isInterface() && type.getTypeParameters().length == 0) {
      return union(type, path);
    }
    if (OPTIONALS.contains(type)) {
      return optional(type.getSimpleName(), path);
    }
    return unsupported(type, path, expectation(type));
  }

  private DataType generic(
      ParameterizedType type,
      @Nullable AnnotatedType annotated,
      Map<TypeVariable<?>, Type> bindings,
      String path) {
    Class<?> raw = (Class<?>) type.getRawType();
    Type[] arguments = type.getActualTypeArguments();
    if (LISTS.contains(raw)) {
      AnnotatedType element = argument(annotated, 0);
      DataType read = read(arguments[0], element, bindings, path + "[]");
      return new ListType(read, element != null && Describe.nullable(element), type);
    }
    if (raw == Map.class) {
      if (arguments[0] != String.class) {
        return unsupported(type, path, "Map<String, …>: JSON objects have text as keys");
      }
      AnnotatedType value = argument(annotated, 1);
      DataType read = read(arguments[1], value, bindings, path + "{}");
      return new MapType(read, value != null && Describe.nullable(value), type);
    }
    if (raw.isRecord()) {
      return record(raw, type, path);
    }
    if (OPTIONALS.contains(raw)) {
      return optional("Optional<" + arguments[0].getTypeName() + ">", path);
    }
    return unsupported(type, path, expectation(raw));
  }

  private static @Nullable AnnotatedType argument(@Nullable AnnotatedType annotated, int index) {
    return annotated instanceof AnnotatedParameterizedType generic
        ? generic.getAnnotatedActualTypeArguments()[index]
        : null;
  }

  private DataType record(Class<?> type, Type javaType, String path) {
    Map<TypeVariable<?>, Type> bindings = GenericTypes.bindings(javaType);
    RecordContract contract =
        new RecordContract(ContractNames.record(javaType), type, javaType, Describe.type(type));
    read.put(javaType, contract);
    Map<String, String> names = JsonNames.of(type);
    Map<String, String> taken = new HashMap<>();
    List<Component> components = new ArrayList<>();
    for (RecordComponent component : type.getRecordComponents()) {
      String name = names.get(component.getName());
      if (name == null) {
        continue;
      }
      String at = path + "." + component.getName();
      String twin = taken.put(name, component.getName());
      if (twin != null) {
        problems.add(new ContractProblem(
            Kind.DUPLICATE_NAME,
            at,
            at + " has the JSON name \"" + name + "\" of the component " + twin
                + " (expected: one component per name). Change one of their @JsonProperty names."));
      }
      DataType read = read(component.getGenericType(), component.getAnnotatedType(), bindings, at);
      components.add(new Component(
          component.getName(),
          name,
          read,
          Describe.nullable(component),
          Describe.component(component),
          Describe.deprecation(component)));
    }
    contract.complete(components);
    return contract;
  }

  private DataType union(Class<?> type, String path) {
    JsonTypeInfo info = type.getAnnotation(JsonTypeInfo.class);
    String discriminator = info == null || info.property().isEmpty() ? "type" : info.property();
    UnionContract contract = new UnionContract(type, discriminator, Describe.type(type));
    read.put(type, contract);
    List<Case> cases = new ArrayList<>();
    for (Class<?> permitted : type.getPermittedSubclasses()) {
      String at = path + "(" + permitted.getSimpleName() + ")";
      if (permitted.isRecord()
          && permitted.getTypeParameters().length == 0
          && read(permitted, null, Map.of(), at) instanceof RecordType record) {
        cases.add(new Case(JsonNames.tag(type, permitted), record));
        if (record.field(discriminator) != null) {
          problems.add(new ContractProblem(
              Kind.DUPLICATE_NAME,
              at + "." + discriminator,
              at + " has a component with the JSON name \"" + discriminator
                  + "\", which tells the cases of "
                  + type.getSimpleName()
                  + " apart (expected: another name). Rename it, or choose another"
                  + " discriminator: @JsonTypeInfo(use = NAME, property = …)."));
        }
      } else {
        unsupported(
            permitted,
            at,
            "records without type parameters as the only permitted types of "
                + type.getSimpleName());
      }
    }
    contract.complete(cases);
    return contract;
  }

  private EnumType enumeration(Class<?> type, String path) {
    List<EnumConstant> constants = new ArrayList<>();
    for (Object constant : type.getEnumConstants()) {
      JsonNode json = JsonMapping.tree(constant);
      if (!json.isTextual()) {
        unsupported(type, path, "constants that are written as JSON strings");
      }
      Field field = field(type, ((Enum<?>) constant).name());
      constants.add(
          new EnumConstant(json.asText(), Describe.constant(field), Describe.deprecation(field)));
    }
    return new EnumType(type.getSimpleName(), type, constants, Describe.type(type));
  }

  private static Field field(Class<?> type, String constant) {
    try {
      return type.getField(constant);
    } catch (NoSuchFieldException e) {
      throw new IllegalStateException(
          "enum " + type.getName() + " without a field for its constant " + constant, e);
    }
  }

  private DataType remember(Type type, DataType contract) {
    read.put(type, contract);
    return contract;
  }

  private DataType optional(String type, String path) {
    problems.add(new ContractProblem(
        Kind.OPTIONAL_COMPONENT,
        path,
        path + " is an " + type
            + " (expected: the type itself, marked @Nullable where it may be absent)."
            + " Write @Nullable in place of Optional."));
    return new AnyType(Object.class);
  }

  private DataType unsupported(Type type, String path, String expectation) {
    problems.add(new ContractProblem(
        Kind.UNSUPPORTED_TYPE,
        path,
        path + " is of the type " + type.getTypeName() + ", which has no contract (expected: "
            + expectation + ")."));
    return new AnyType(Object.class);
  }

  private static String expectation(Class<?> type) {
    if (LISTS.contains(type) || type == Map.class) {
      return "type arguments, such as List<String>";
    }
    if (type.isArray()) {
      return "a List in place of an array";
    }
    if (type.getTypeParameters().length > 0 && type.isRecord()) {
      return "type arguments: use a TypeRef";
    }
    return "a record, a sealed interface of records, an enum, a list, a map or a scalar; a class with @JsonValue is a scalar";
  }
}

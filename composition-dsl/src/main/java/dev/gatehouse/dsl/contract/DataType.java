package dev.gatehouse.dsl.contract;

import java.lang.reflect.Type;
import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The type of a JSON value, derived from a Java type. Immutable and safe to share between threads. */
public sealed interface DataType {

  /** The Java type this was derived from, with type variables resolved. */
  Type javaType();

  /** How the type is called in messages, schemas and plans: {@code Price}, {@code [Review]}. */
  String name();

  /**
   * A leaf. One-component records such as {@code record Sku(String value)} and classes with a Jackson
   * {@code @JsonValue} are scalars of their own name.
   *
   * @param kind the JSON form
   * @param specifiedBy where the format is specified, such as RFC 3339 for an {@code Instant}; null where JSON says it all
   * @param description for schemas; null where none is given
   */
  record ScalarType(
      String name,
      JsonKind kind,
      Type javaType,
      @Nullable URI specifiedBy,
      @Nullable String description)
      implements DataType {}

  /** A closed set of names; travels as a JSON string. */
  record EnumType(
      String name,
      Type javaType,
      List<EnumConstant> constants,
      @Nullable String description) implements DataType {
    public EnumType {
      constants = List.copyOf(constants);
    }
  }

  /**
   * One name of an enumeration.
   *
   * @param name its JSON text
   * @param description for schemas; null where none is given
   * @param deprecation why it should no longer be used; null where it may be
   */
  record EnumConstant(
      String name, @Nullable String description, @Nullable String deprecation) {}

  /** A JSON array. */
  record ListType(DataType element, boolean elementNullable, Type javaType) implements DataType {
    @Override
    public String name() {
      return "[" + element.name() + "]";
    }
  }

  /** A JSON object with free keys, from {@code Map<String, V>}. */
  record MapType(DataType value, boolean valueNullable, Type javaType) implements DataType {
    @Override
    public String name() {
      return "{" + value.name() + "}";
    }
  }

  /** Any JSON value at all, from {@code JsonNode} or {@code Object}: carried through unread. */
  record AnyType(Type javaType) implements DataType {
    @Override
    public String name() {
      return "Any";
    }
  }

  /** A JSON object with the components of a record. May refer to itself, so components are resolved on first use. */
  non-sealed interface RecordType extends DataType {

    /** The record class. */
    Class<?> recordClass();

    /** The components in the order the record declares them. */
    List<Component> components();

    /** For schemas; null where none is given. */
    @Nullable String description();

    /**
     * The component with that Java name.
     *
     * @return null where the record has none
     */
    default @Nullable Component component(String javaName) {
      for (Component component : components()) {
        if (component.javaName().equals(javaName)) {
          return component;
        }
      }
      return null;
    }

    /**
     * The component with that JSON name.
     *
     * @return null where the record has none
     */
    default @Nullable Component field(String jsonName) {
      for (Component component : components()) {
        if (component.name().equals(jsonName)) {
          return component;
        }
      }
      return null;
    }
  }

  /** One of several records, told apart by a property; from a sealed interface whose permitted types are all records. */
  non-sealed interface UnionType extends DataType {

    /** The JSON property that names the case; from {@code @JsonTypeInfo}, else {@code type}. */
    String discriminator();

    /** The cases in the order the interface permits them. */
    List<Case> cases();

    /** Components that every case has with equal type: what a GraphQL interface or a common selection can name. */
    List<Component> common();

    /** For schemas; null where none is given. */
    @Nullable String description();
  }

  /**
   * One case of a union.
   *
   * @param tag the discriminator's value, from {@code @JsonSubTypes} or {@code @JsonTypeName}, else the record's simple name
   */
  record Case(String tag, RecordType type) {}

  /**
   * One component of a record.
   *
   * @param javaName the component's name in Java
   * @param name its name in JSON; Jackson's naming annotations are honoured
   * @param nullable whether it may be null or absent: it, or its type, is marked {@code @Nullable}
   * @param description for schemas; null where none is given
   * @param deprecation why it should no longer be used; null where it may be
   */
  record Component(
      String javaName,
      String name,
      DataType type,
      boolean nullable,
      @Nullable String description,
      @Nullable String deprecation) {}
}

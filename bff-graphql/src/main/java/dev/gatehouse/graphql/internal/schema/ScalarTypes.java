package dev.gatehouse.graphql.internal.schema;

import dev.gatehouse.dsl.contract.DataType.ScalarType;
import dev.gatehouse.dsl.contract.JsonKind;
import dev.gatehouse.graphql.internal.input.IdCoercing;
import dev.gatehouse.graphql.internal.input.JsonCoercing;
import dev.gatehouse.graphql.internal.input.ScalarCoercing;
import dev.gatehouse.runtime.door.format.ScalarFormat;
import graphql.Scalars;
import graphql.schema.GraphQLScalarType;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** The scalars of a schema. Those of a contract that GraphQL has no scalar for become scalars of their own. */
final class ScalarTypes {
  /** The scalar of what has free keys or no contract. */
  static final String JSON = "JSON";

  private static final String ID_FIELD = "id";

  static final GraphQLScalarType ID =
      GraphQLScalarType.newScalar(Scalars.GraphQLID).coercing(new IdCoercing()).build();
  private static final GraphQLScalarType ANYTHING = GraphQLScalarType.newScalar()
      .name(JSON)
      .description("Any JSON value.")
      .specifiedByUrl("https://www.rfc-editor.org/rfc/rfc8259")
      .coercing(new JsonCoercing())
      .build();
  private static final Map<Type, GraphQLScalarType> BUILT_IN = Map.ofEntries(
      Map.entry(String.class, Scalars.GraphQLString),
      Map.entry(Character.class, Scalars.GraphQLString),
      Map.entry(Boolean.class, Scalars.GraphQLBoolean),
      Map.entry(Integer.class, Scalars.GraphQLInt),
      Map.entry(Short.class, Scalars.GraphQLInt),
      Map.entry(Byte.class, Scalars.GraphQLInt),
      Map.entry(Float.class, Scalars.GraphQLFloat),
      Map.entry(Double.class, Scalars.GraphQLFloat));
  /** What GraphQL's users call them. */
  private static final Map<Type, String> CUSTOMARY = Map.of(
      Instant.class, "DateTime",
      OffsetDateTime.class, "DateTime",
      LocalDate.class, "Date",
      BigDecimal.class, "Decimal");

  private static final Map<String, String> DESCRIPTIONS = Map.of(
      "DateTime", "A date and time with an offset, such as 2026-01-31T12:00:00Z.",
      "Date", "A date, such as 2026-01-31.",
      "Decimal", "A decimal number that keeps its digits, such as 12.50.",
      "Long",
          "An integer of 64 bits. As an input it may be text, for clients whose numbers are smaller.",
      "BigInteger", "An integer of any size. As an input it may be text.");

  private final TypeNames names;
  private final Map<String, GraphQLScalarType> made = new HashMap<>();
  private final Set<Type> integerIds = new HashSet<>();

  ScalarTypes(TypeNames names) {
    this.names = names;
  }

  /**
   * The scalar of a component or argument.
   *
   * @param field its name: a text called {@code id} is an {@code ID}
   */
  GraphQLScalarType of(ScalarType type, String field) {
    if (type.javaType() == String.class && field.equals(ID_FIELD)) {
      return ID;
    }
    GraphQLScalarType builtIn = BUILT_IN.get(type.javaType());
    if (builtIn != null) {
      return builtIn;
    }
    String given = names.given(type);
    if (ID.getName().equals(given == null ? type.name() : given) && canBeId(type)) {
      if (type.kind() == JsonKind.INTEGER) {
        integerIds.add(type.javaType());
      }
      return ID;
    }
    String customary = given == null ? CUSTOMARY.get(type.javaType()) : null;
    String name = names.legal(
        "the type", given != null ? given : customary == null ? type.name() : customary);
    if (made.containsKey(name) && customary != null) {
      return Objects.requireNonNull(made.get(name)); // two Java types for one format
    }
    names.claim(name, type, "");
    return made.computeIfAbsent(name, any -> make(name, type));
  }

  GraphQLScalarType json() {
    return ANYTHING;
  }

  /** The types that are {@code ID}, which is answered as text, but integers in their contracts. */
  Set<Type> integerIds() {
    return integerIds;
  }

  /** As the specification has it (October 2021, section 3.5.5). */
  private static boolean canBeId(ScalarType type) {
    return type.kind() == JsonKind.STRING || type.kind() == JsonKind.INTEGER;
  }

  private static GraphQLScalarType make(String name, ScalarType type) {
    ScalarFormat format =
        Objects.requireNonNull(ScalarFormat.of(type), "every scalar has a format");
    String description = type.description();
    return GraphQLScalarType.newScalar()
        .name(name)
        .description(
            description == null
                ? DESCRIPTIONS.get(CUSTOMARY.getOrDefault(type.javaType(), type.name()))
                : description)
        .specifiedByUrl(type.specifiedBy() == null ? null : type.specifiedBy().toString())
        .coercing(new ScalarCoercing(format))
        .build();
  }
}

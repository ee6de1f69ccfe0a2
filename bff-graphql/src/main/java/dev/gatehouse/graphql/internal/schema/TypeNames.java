package dev.gatehouse.graphql.internal.schema;

import dev.gatehouse.dsl.contract.DataType;
import dev.gatehouse.dsl.finding.Code;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Who has which name in a schema, and what is wrong with that. Confined to one compilation. */
final class TypeNames {
  private static final String BUILT_IN = "GraphQL itself";

  private final Map<String, Owner> owners = new HashMap<>();
  private final List<SchemaProblem> problems = new ArrayList<>();
  private final List<GivenName> given;
  private final Set<GivenName> used = new HashSet<>();
  private int root;

  /** What has a name: a Java type in one of its uses. */
  private record Owner(String type, String use) {
    /** How it is called where it is told apart from another: without its package, where that is enough. */
    String beside(Owner other) {
      String shown =
          simple(type).equals(simple(other.type)) && !type.equals(other.type) ? type : simple(type);
      return use.isEmpty() ? shown : shown + " as " + use;
    }

    private static String simple(String name) {
      return name.substring(name.lastIndexOf('.') + 1).replace('$', '.');
    }
  }

  /**
   * @param given what the door calls types
   */
  TypeNames(List<GivenName> given) {
    this.given = List.copyOf(given);
    for (String name : List.of(
        "Query",
        "Mutation",
        "Subscription",
        "Subscription",
        "Int",
        "Float",
        "String",
        "Boolean",
        "ID",
        ScalarTypes.JSON)) {
      owners.put(name, new Owner(BUILT_IN, ""));
    }
  }

  /** What the door calls a type where it is no input object; null where it says nothing. */
  @Nullable String given(DataType type) {
    return given(type, false);
  }

  private @Nullable String given(DataType type, boolean input) {
    String name = null;
    for (GivenName one : given) {
      if (one.isOf(type.javaType(), input)) {
        used.add(one);
        name = one.name();
      }
    }
    return name;
  }

  /** The name of an object, interface, union or enumeration. */
  String output(DataType type) {
    String name = given(type);
    return legal("the type", name == null ? type.name() : name);
  }

  /** The name of an input object: as it is called else with {@code Input} at the end, where the door does not say. */
  String input(DataType type) {
    String name = given(type, true);
    String elsewhere = name == null ? given(type) : null;
    return legal(
        "the type",
        name == null ? GraphqlNames.input(elsewhere == null ? type.name() : elsewhere) : name);
  }

  /** The names that no type of the schema has. */
  List<GivenName> unused() {
    return given.stream().filter(name -> !used.contains(name)).toList();
  }

  /** Says at which root field problems are found from now on. */
  void at(int position) {
    root = position;
  }

  void problem(Code code, String message) {
    SchemaProblem problem = new SchemaProblem(root, code, message);
    if (problems.stream().noneMatch(known -> known.message().equals(message))) {
      problems.add(problem);
    }
  }

  List<SchemaProblem> problems() {
    return List.copyOf(problems);
  }

  /**
   * Claims a name.
   *
   * @param use what the type is used as, such as {@code an input}
   * @return whether it is claimed for the first time, so that the type has to be made
   */
  boolean claim(String name, DataType type, String use) {
    Owner owner = new Owner(type.javaType().getTypeName(), use);
    Owner known = owners.putIfAbsent(name, owner);
    if (known != null && !known.equals(owner)) {
      problem(
          Code.GRAPHQL_TYPE_CLASH,
          "the type name " + name + " is that of " + owner.beside(known) + " and of "
              + known.beside(owner)
              + " (expected: one type for a name). Rename one of them.");
    }
    return known == null;
  }

  /**
   * Checks a name.
   *
   * @return the name, or one that stands for it until its problem is mended
   */
  String legal(String what, String name) {
    return legal(what, name, GraphqlNames.isLegal(name));
  }

  /** Checks the name of a constant; else as {@link #legal(String, String)}. */
  String legalConstant(String what, String name) {
    return legal(what, name, GraphqlNames.isLegalConstant(name));
  }

  private String legal(String what, String name, boolean isLegal) {
    if (!isLegal) {
      problem(Code.GRAPHQL_NAME, what + " " + name + " " + GraphqlNames.EXPECTED + ".");
    }
    return isLegal ? name : "illegal_" + Integer.toHexString(name.hashCode());
  }
}

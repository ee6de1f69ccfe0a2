package dev.gatehouse.graphql;

import graphql.schema.GraphQLArgument;
import graphql.schema.GraphQLCompositeType;
import graphql.schema.GraphQLFieldDefinition;
import graphql.schema.GraphQLFieldsContainer;
import graphql.schema.GraphQLList;
import graphql.schema.GraphQLNamedType;
import graphql.schema.GraphQLObjectType;
import graphql.schema.GraphQLSchema;
import graphql.schema.GraphQLTypeUtil;
import graphql.schema.GraphQLUnionType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Writes valid operations: aliases, arguments, variables, fragments, conditions and fields that have to be merged. */
final class RandomOperation {
  private static final int DEEPEST = 4;

  private final GraphQLSchema schema;
  private final Random random;
  private final List<String> fragments = new ArrayList<>();
  private final List<String> declared = new ArrayList<>();
  final Map<String, Object> variables = new LinkedHashMap<>();
  private final boolean incremental;
  private int names;

  RandomOperation(GraphQLSchema schema, Random random) {
    this(schema, random, false);
  }

  /**
   * @param incremental whether parts of the answer may follow the first
   */
  RandomOperation(GraphQLSchema schema, Random random, boolean incremental) {
    this.schema = schema;
    this.random = random;
    this.incremental = incremental;
  }

  /** The document; its variables are in {@link #variables} then. */
  String write() {
    String body = selection(schema.getQueryType(), 0);
    return "query" + (declared.isEmpty() ? "" : "(" + String.join(", ", declared) + ")") + " "
        + body + "\n" + String.join("\n", fragments);
  }

  private String selection(GraphQLCompositeType type, int depth) {
    StringBuilder text = new StringBuilder("{ ");
    int count = 1 + random.nextInt(depth == 0 ? 4 : 3);
    for (int i = 0; i < count; i++) {
      text.append(part(type, depth)).append(' ');
    }
    // Something that is always there, so that an object is never empty by chance alone.
    return text.append(name()).append(": __typename }").toString();
  }

  private String part(GraphQLCompositeType type, int depth) {
    int choice = random.nextInt(10);
    if (choice == 0) {
      return name() + ": __typename" + condition();
    }
    if (choice < 3 && (incremental || !type.getName().equals("Query"))) {
      GraphQLCompositeType narrower = narrower(type);
      String on = random.nextBoolean() || narrower != type ? "on " + narrower.getName() : "";
      return "... " + on + condition() + defer() + " " + selection(narrower, depth);
    }
    if (choice == 3 && !type.getName().equals("Query")) {
      GraphQLCompositeType narrower = narrower(type);
      String name = "F" + names++;
      fragments.add(
          "fragment " + name + " on " + narrower.getName() + " " + selection(narrower, depth));
      return "..." + name + condition() + defer();
    }
    if (type instanceof GraphQLFieldsContainer fields) {
      return field(fields, depth);
    }
    GraphQLCompositeType narrower = narrower(type);
    return "... on " + narrower.getName() + " " + selection(narrower, depth);
  }

  private GraphQLCompositeType narrower(GraphQLCompositeType type) {
    if (type instanceof GraphQLObjectType) {
      return type;
    }
    List<? extends GraphQLNamedType> possible = type instanceof GraphQLUnionType union
        ? union.getTypes()
        : schema.getImplementations((graphql.schema.GraphQLInterfaceType) type);
    return (GraphQLCompositeType) possible.get(random.nextInt(possible.size()));
  }

  private String field(GraphQLFieldsContainer type, int depth) {
    List<GraphQLFieldDefinition> fields = new ArrayList<>();
    for (GraphQLFieldDefinition field : type.getFieldDefinitions()) {
      boolean isLeaf =
          !(GraphQLTypeUtil.unwrapAll(field.getType()) instanceof GraphQLCompositeType);
      if (isLeaf || depth < DEEPEST) {
        fields.add(field);
      }
    }
    GraphQLFieldDefinition field = fields.get(random.nextInt(fields.size()));
    String arguments = arguments(field);
    boolean aliased = !arguments.isEmpty() || random.nextInt(3) == 0;
    String text =
        (aliased ? name() + ": " : "") + field.getName() + arguments + condition() + stream(field);
    return GraphQLTypeUtil.unwrapAll(field.getType()) instanceof GraphQLCompositeType below
        ? text + " " + selection(below, depth + 1)
        : text;
  }

  private String arguments(GraphQLFieldDefinition field) {
    List<String> given = new ArrayList<>();
    for (GraphQLArgument argument : field.getArguments()) {
      boolean required = !argument.hasSetDefaultValue();
      if (required || random.nextBoolean()) {
        boolean isText = argument.getName().equals("id");
        Object value = isText ? "s" + random.nextInt(50) : (Object) (1 + random.nextInt(4));
        if (random.nextBoolean()) {
          given.add(argument.getName() + ": $" + variable(isText ? "ID" : "Int", value, required));
        } else {
          given.add(argument.getName() + ": " + (isText ? "\"" + value + "\"" : value));
        }
      }
    }
    return given.isEmpty() ? "" : "(" + String.join(", ", given) + ")";
  }

  /**
   * Given, left to its default, or to that of the argument. Never null where the argument may not be: that refuses the operation here, and
   * costs the field alone in graphql-java.
   */
  private String variable(String type, Object value, boolean required) {
    String variable = "v" + names++;
    String literal = value instanceof String ? "\"" + value + "\"" : value.toString();
    switch (random.nextInt(required ? 2 : 4)) {
      case 0 -> {
        declared.add("$" + variable + ": " + type + "!");
        variables.put(variable, value);
      }
      case 1 -> declared.add("$" + variable + ": " + type + "! = " + literal);
      case 2 -> declared.add("$" + variable + ": " + type);
      default -> declared.add("$" + variable + ": " + type + " = " + literal);
    }
    return variable;
  }

  private String condition() {
    if (random.nextInt(6) > 0) {
      return "";
    }
    String directive = random.nextBoolean() ? " @skip(if: " : " @include(if: ";
    if (random.nextBoolean()) {
      String variable = "c" + names++;
      declared.add("$" + variable + ": Boolean!");
      variables.put(variable, random.nextBoolean());
      return directive + "$" + variable + ")";
    }
    return directive + random.nextBoolean() + ")";
  }

  private String defer() {
    return incremental && random.nextBoolean() ? " @defer(" + some("") + ")" : "";
  }

  private String stream(GraphQLFieldDefinition field) {
    boolean isList = GraphQLTypeUtil.unwrapNonNull(field.getType()) instanceof GraphQLList;
    return incremental && isList && random.nextInt(3) > 0
        ? " @stream(" + some("initialCount: " + random.nextInt(3)) + ")"
        : "";
  }

  /** Arguments of a directive, of which there must be one. */
  private String some(String argument) {
    String variable = "d" + names++;
    declared.add("$" + variable + ": Boolean!");
    variables.put(variable, random.nextInt(5) > 0);
    String label = random.nextBoolean() ? "label: \"" + name() + "\" " : "";
    return argument + " " + label + "if: $" + variable;
  }

  private String name() {
    return "n" + names++;
  }
}

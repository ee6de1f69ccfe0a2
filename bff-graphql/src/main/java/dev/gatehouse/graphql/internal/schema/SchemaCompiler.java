package dev.gatehouse.graphql.internal.schema;

import dev.gatehouse.dsl.contract.DataType;
import dev.gatehouse.dsl.contract.DataType.AnyType;
import dev.gatehouse.dsl.contract.DataType.Component;
import dev.gatehouse.dsl.contract.DataType.RecordType;
import dev.gatehouse.dsl.contract.Nothing;
import dev.gatehouse.dsl.finding.Code;
import dev.gatehouse.dsl.graph.Graph;
import graphql.Scalars;
import graphql.schema.GraphQLCodeRegistry;
import graphql.schema.GraphQLFieldDefinition;
import graphql.schema.GraphQLInterfaceType;
import graphql.schema.GraphQLNamedType;
import graphql.schema.GraphQLObjectType;
import graphql.schema.GraphQLSchema;
import graphql.schema.GraphQLUnionType;
import graphql.schema.TypeResolver;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Makes a schema of root fields, and finds all that is in the way. Used once. */
public final class SchemaCompiler {
  private static final TypeResolver NEVER_ASKED = environment -> {
    throw new IllegalStateException("graphql-java runs no field that has data");
  };

  private final List<RootField> roots;
  private final TypeNames names;
  private final FieldArguments arguments = new FieldArguments();
  private final List<@Nullable DataType> outputs = new ArrayList<>();

  /**
   * @param roots of sound composites
   * @param given what the door calls types
   */
  public SchemaCompiler(List<RootField> roots, List<GivenName> given) {
    this.roots = List.copyOf(roots);
    this.names = new TypeNames(given);
  }

  /** What is wrong, once it was compiled. */
  public List<SchemaProblem> problems() {
    return names.problems();
  }

  /** The names that no type has, once it was compiled. */
  public List<GivenName> unusedNames() {
    return names.unused();
  }

  /** Compiles; null where there are problems. */
  public @Nullable ApiSchema compile() {
    Set<DataType> all = new LinkedHashSet<>();
    for (RootField root : roots) {
      DataType output = output(root.composite().graph());
      outputs.add(output);
      if (output != null) {
        all.addAll(TypeWalk.of(output));
      }
      arguments.addAll(FieldArguments.of(root.composite().graph()));
    }
    checkArguments();
    ScalarTypes scalars = new ScalarTypes(names);
    EnumTypes enums = new EnumTypes(names);
    InputTypes inputTypes = new InputTypes(names, scalars, enums);
    OutputTypes outputTypes = new OutputTypes(names, scalars, enums, inputTypes, arguments, all);
    RootInputs rootInputs = new RootInputs(names);
    Map<RootKind, Map<String, OpenField>> opened = new EnumMap<>(RootKind.class);
    Map<RootKind, GraphQLObjectType.Builder> types = new EnumMap<>(RootKind.class);
    for (int i = 0; i < roots.size(); i++) {
      names.at(i);
      RootField root = roots.get(i);
      DataType output = outputs.get(i);
      OpenField open = new OpenField(i, root, output, rootInputs.of(root, root.inputType()));
      opened.computeIfAbsent(root.kind(), kind -> new LinkedHashMap<>()).put(root.name(), open);
      types
          .computeIfAbsent(root.kind(), kind -> GraphQLObjectType.newObject().name(kind.type()))
          .field(field(open, inputTypes, outputTypes));
    }
    return names.problems().isEmpty()
        ? new ApiSchema(
            schema(types, inputTypes, outputTypes), opened, arguments, outputTypes.objects())
        : null;
  }

  private static @Nullable DataType output(Graph graph) {
    DataType output = graph.result().type();
    return output instanceof AnyType any && any.javaType() == Nothing.class ? null : output;
  }

  /** A type has one set of fields, whichever composite answers it. */
  private void checkArguments() {
    for (int i = 0; i < roots.size(); i++) {
      names.at(i);
      RootField root = roots.get(i);
      FieldArguments own = FieldArguments.of(root.composite().graph());
      DataType output = outputs.get(i);
      if (output == null) {
        continue;
      }
      for (DataType type : TypeWalk.of(output)) {
        if (type instanceof RecordType record) {
          for (Component component : record.components()) {
            if (!own.agrees(arguments, record, component.name())) {
              names.problem(
                  Code.GRAPHQL_ARGUMENT_CLASH,
                  root.composite().name()
                      + " and another composite of this door take different arguments for "
                      + record.name() + "." + component.name()
                      + " (expected: the same, as " + record.name()
                      + " is one type). Give them the same arguments, or answer records of two types.");
            }
          }
        }
      }
    }
  }

  private GraphQLFieldDefinition field(OpenField open, InputTypes inputs, OutputTypes types) {
    RootField root = open.root();
    GraphQLFieldDefinition.Builder field = GraphQLFieldDefinition.newFieldDefinition()
        .name(names.legal("the " + root.kind().label(), root.name()))
        .description(root.description())
        .deprecate(root.deprecation());
    DataType output = open.output();
    field.type(output == null ? Scalars.GraphQLBoolean : types.of(output, true, root.name()));
    for (RootInput.Argument argument : open.input().arguments()) {
      Component component =
          open.input().members() && open.input().type() instanceof RecordType record
              ? record.field(argument.name())
              : null;
      field.argument(inputs.argument(
          argument,
          component == null ? null : component.description(),
          component == null ? null : component.deprecation()));
    }
    return field.build();
  }

  private static GraphQLSchema schema(
      Map<RootKind, GraphQLObjectType.Builder> roots, InputTypes inputs, OutputTypes outputs) {
    Set<GraphQLNamedType> types = new LinkedHashSet<>(outputs.made());
    types.addAll(inputs.made());
    GraphQLCodeRegistry.Builder code = GraphQLCodeRegistry.newCodeRegistry();
    for (GraphQLNamedType type : types) {
      if (type instanceof GraphQLInterfaceType shared) {
        code.typeResolver(shared, NEVER_ASKED);
      } else if (type instanceof GraphQLUnionType union) {
        code.typeResolver(union, NEVER_ASKED);
      }
    }
    GraphQLSchema.Builder schema =
        GraphQLSchema.newSchema().additionalTypes(types).codeRegistry(code.build());
    roots.forEach((kind, root) -> {
      switch (kind) {
        case QUERY -> schema.query(root);
        case MUTATION -> schema.mutation(root.build());
        case SUBSCRIPTION -> schema.subscription(root.build());
      }
    });
    return schema.build();
  }
}

package dev.gatehouse.graphql.internal.schema;

import dev.gatehouse.dsl.Composite;
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
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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
  private final @Nullable GivenSubgraph subgraph;

  /**
   * @param roots of sound composites
   * @param given what the door calls types
   * @param subgraph what makes it one; null for a schema of its own
   */
  public SchemaCompiler(
      List<RootField> roots, List<GivenName> given, @Nullable GivenSubgraph subgraph) {
    this.roots = List.copyOf(roots);
    this.names = new TypeNames(given);
    this.subgraph = subgraph;
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
    for (GivenEntity entity : entities()) {
      all.addAll(TypeWalk.of(entity.byKey().graph().result().type()));
      arguments.addAll(FieldArguments.of(entity.byKey().graph()));
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
    SubgraphCompiler federated = subgraph == null ? null : federate(all, outputTypes, scalars);
    if (!names.problems().isEmpty()) {
      return null;
    }
    GraphQLSchema plain = schema(types, inputTypes, outputTypes, null);
    String text = SchemaText.of(plain);
    return federated == null
        ? new ApiSchema(
            plain, opened, arguments, outputTypes.objects(), scalars.integerIds(), List.of(), text)
        : new ApiSchema(
            schema(types, inputTypes, outputTypes, federated.entityTypes()),
            opened,
            arguments,
            outputTypes.objects(),
            scalars.integerIds(),
            federated.entities(),
            SubgraphText.of(text, federated.said()));
  }

  private List<GivenEntity> entities() {
    return subgraph == null ? List.of() : subgraph.entities();
  }

  private SubgraphCompiler federate(
      Set<DataType> types, OutputTypes outputTypes, ScalarTypes scalars) {
    GivenSubgraph given = Objects.requireNonNull(subgraph);
    SubgraphCompiler federated = new SubgraphCompiler(given, names, scalars);
    for (int i = 0; i < given.entities().size(); i++) {
      GivenEntity entity = given.entities().get(i);
      int index = roots.size() + i;
      names.at(index);
      outputTypes.of(entity.byKey().graph().result().type(), true, "");
      RootField root = new RootField(
          RootKind.QUERY,
          Subgraphs.ENTITIES,
          entity.byKey(),
          null,
          null,
          null,
          Map.of(),
          null,
          null);
      federated.add(index, entity, root);
    }
    Map<Type, DataType> byType = new LinkedHashMap<>();
    types.forEach(type -> byType.putIfAbsent(type.javaType(), type));
    federated.direct(-1, byType);
    return federated;
  }

  private static @Nullable DataType output(Graph graph) {
    DataType output = graph.result().type();
    return output instanceof AnyType any && any.javaType() == Nothing.class ? null : output;
  }

  /** A type has one set of fields, whichever composite answers it. */
  private void checkArguments() {
    for (int i = 0; i < roots.size(); i++) {
      names.at(i);
      checkArguments(roots.get(i).composite(), outputs.get(i));
    }
    for (int i = 0; i < entities().size(); i++) {
      names.at(roots.size() + i);
      Composite<?, ?> byKey = entities().get(i).byKey();
      checkArguments(byKey, byKey.graph().result().type());
    }
  }

  private void checkArguments(Composite<?, ?> composite, @Nullable DataType output) {
    FieldArguments own = FieldArguments.of(composite.graph());
    for (DataType type : output == null ? Set.<DataType>of() : TypeWalk.of(output)) {
      if (type instanceof RecordType record) {
        for (Component component : record.components()) {
          if (!own.agrees(arguments, record, component.name())) {
            names.problem(
                Code.GRAPHQL_ARGUMENT_CLASH,
                composite.name()
                    + " and another composite of this door take different arguments for "
                    + record.name() + "." + component.name()
                    + " (expected: the same, as " + record.name()
                    + " is one type). Give them the same arguments, or answer records of two types.");
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

  /**
   * @param entities the types that are entities of a subgraph; null for an API of its own
   */
  private static GraphQLSchema schema(
      Map<RootKind, GraphQLObjectType.Builder> roots,
      InputTypes inputs,
      OutputTypes outputs,
      @Nullable Set<String> entities) {
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
    if (entities != null) {
      Subgraphs.add(
          entities, Objects.requireNonNull(roots.get(RootKind.QUERY)), types, code, NEVER_ASKED);
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

package dev.gatehouse.graphql.internal.schema;

import dev.gatehouse.dsl.contract.DataType;
import dev.gatehouse.dsl.contract.DataType.Case;
import dev.gatehouse.dsl.contract.DataType.Component;
import dev.gatehouse.dsl.contract.DataType.EnumType;
import dev.gatehouse.dsl.contract.DataType.ListType;
import dev.gatehouse.dsl.contract.DataType.RecordType;
import dev.gatehouse.dsl.contract.DataType.ScalarType;
import dev.gatehouse.dsl.contract.DataType.UnionType;
import dev.gatehouse.dsl.finding.Code;
import dev.gatehouse.dsl.graph.Node.ArgumentSpec;
import graphql.schema.GraphQLFieldDefinition;
import graphql.schema.GraphQLInterfaceType;
import graphql.schema.GraphQLList;
import graphql.schema.GraphQLNamedType;
import graphql.schema.GraphQLNonNull;
import graphql.schema.GraphQLObjectType;
import graphql.schema.GraphQLOutputType;
import graphql.schema.GraphQLTypeReference;
import graphql.schema.GraphQLUnionType;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Makes objects, interfaces and unions of what composites answer. Confined to one compilation. */
final class OutputTypes {
  private final TypeNames names;
  private final ScalarTypes scalars;
  private final EnumTypes enums;
  private final InputTypes inputs;
  private final FieldArguments arguments;
  private final Map<Type, List<UnionType>> unionsOf = new LinkedHashMap<>();
  private final List<GraphQLNamedType> made = new ArrayList<>();
  private final Map<Type, String> objects = new LinkedHashMap<>();

  /**
   * @param outputs what all root fields answer: an object has to know its interfaces when it is made
   */
  OutputTypes(
      TypeNames names,
      ScalarTypes scalars,
      EnumTypes enums,
      InputTypes inputs,
      FieldArguments arguments,
      Set<DataType> outputs) {
    this.names = names;
    this.scalars = scalars;
    this.enums = enums;
    this.inputs = inputs;
    this.arguments = arguments;
    for (DataType output : outputs) {
      if (output instanceof UnionType union && !common(union).isEmpty()) {
        for (Case one : union.cases()) {
          unionsOf
              .computeIfAbsent(one.type().javaType(), any -> new ArrayList<>())
              .add(union);
        }
      }
    }
  }

  /** What was made. */
  List<GraphQLNamedType> made() {
    return made;
  }

  /** What the objects are called that were made. */
  Map<Type, String> objects() {
    return objects;
  }

  GraphQLOutputType of(DataType type, boolean nullable, String field) {
    GraphQLOutputType plain = plain(type, field);
    return nullable ? plain : GraphQLNonNull.nonNull(plain);
  }

  private GraphQLOutputType plain(DataType type, String field) {
    if (type instanceof ListType list) {
      return GraphQLList.list(of(list.element(), list.elementNullable(), field));
    }
    if (type instanceof ScalarType scalar) {
      return scalars.of(scalar, field);
    }
    if (type instanceof EnumType enumeration) {
      return enums.of(enumeration);
    }
    if (type instanceof RecordType record) {
      String name = names.output(record);
      if (names.claim(name, record, "")) {
        object(name, record);
      }
      return GraphQLTypeReference.typeRef(name);
    }
    if (type instanceof UnionType union) {
      String name = names.output(union);
      if (names.claim(name, union, "")) {
        union(name, union);
      }
      return GraphQLTypeReference.typeRef(name);
    }
    return scalars.json();
  }

  private void object(String name, RecordType record) {
    if (record.components().isEmpty()) {
      names.problem(
          Code.GRAPHQL_TYPE_EMPTY,
          record.name()
              + " has no components (expected: at least one, as every GraphQL object has). Give it one, such as an id.");
      return;
    }
    GraphQLObjectType.Builder object =
        GraphQLObjectType.newObject().name(name).description(record.description());
    for (UnionType union : unionsOf.getOrDefault(record.javaType(), List.of())) {
      object.withInterface(GraphQLTypeReference.typeRef(names.output(union)));
    }
    for (Component component : record.components()) {
      object.field(field(record, component));
    }
    made.add(object.build());
    objects.put(record.javaType(), name);
  }

  private GraphQLFieldDefinition field(DataType owner, Component component) {
    GraphQLFieldDefinition.Builder field = GraphQLFieldDefinition.newFieldDefinition()
        .name(names.legal("the component of " + owner.name() + " called", component.name()))
        .description(component.description())
        .deprecate(component.deprecation())
        .type(of(component.type(), component.nullable(), component.name()));
    for (ArgumentSpec argument : arguments.of(owner, component.name())) {
      field.argument(inputs.argument(owner.name() + "." + component.name(), argument));
    }
    return field.build();
  }

  /** An interface where its cases share fields, else a union. */
  private void union(String name, UnionType union) {
    List<Component> common = common(union);
    for (Case one : union.cases()) {
      plain(one.type(), "");
    }
    if (common.isEmpty()) {
      GraphQLUnionType.Builder made =
          GraphQLUnionType.newUnionType().name(name).description(union.description());
      for (Case one : union.cases()) {
        made.possibleType(GraphQLTypeReference.typeRef(names.output(one.type())));
      }
      this.made.add(made.build());
      return;
    }
    GraphQLInterfaceType.Builder made =
        GraphQLInterfaceType.newInterface().name(name).description(union.description());
    for (Component component : common) {
      made.field(field(union, component));
    }
    this.made.add(made.build());
  }

  /** Arguments belong to the fields of one object, so a field that takes any is not shared. */
  private List<Component> common(UnionType union) {
    return union.common().stream()
        .filter(component -> union.cases().stream()
            .allMatch(one -> arguments.of(one.type(), component.name()).isEmpty()))
        .toList();
  }
}

package dev.gatehouse.graphql.internal.schema;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
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
import dev.gatehouse.graphql.internal.input.CaseNames;
import dev.gatehouse.graphql.internal.input.InputFault;
import dev.gatehouse.graphql.internal.input.InputWriter;
import dev.gatehouse.runtime.json.JsonSink;
import graphql.Directives;
import graphql.schema.GraphQLArgument;
import graphql.schema.GraphQLInputObjectField;
import graphql.schema.GraphQLInputObjectType;
import graphql.schema.GraphQLInputType;
import graphql.schema.GraphQLList;
import graphql.schema.GraphQLNamedType;
import graphql.schema.GraphQLNonNull;
import graphql.schema.GraphQLTypeReference;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes arguments and input objects of what composites take. Confined to one compilation. */
final class InputTypes {
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);
  private static final String AS_INPUT = "an input";

  private final TypeNames names;
  private final ScalarTypes scalars;
  private final EnumTypes enums;
  private final List<GraphQLNamedType> made = new ArrayList<>();

  InputTypes(TypeNames names, ScalarTypes scalars, EnumTypes enums) {
    this.names = names;
    this.scalars = scalars;
    this.enums = enums;
  }

  /** What was made. */
  List<GraphQLNamedType> made() {
    return made;
  }

  /** An argument of a root field. */
  GraphQLArgument argument(
      RootInput.Argument argument, @Nullable String description, @Nullable String deprecation) {
    GraphQLArgument.Builder made = GraphQLArgument.newArgument()
        .name(names.legal("the argument", argument.name()))
        .description(description)
        .type(of(argument.type(), argument.nullable(), argument.name()));
    if (deprecation != null && (argument.nullable() || argument.byDefault() != null)) {
      made.deprecate(deprecation);
    }
    byte[] byDefault = argument.byDefault();
    if (byDefault != null) {
      byDefault(made, argument.name(), argument.type(), argument.nullable(), byDefault);
    }
    return made.build();
  }

  /** An argument of a field of an object. */
  GraphQLArgument argument(String owner, ArgumentSpec spec) {
    GraphQLArgument.Builder made = GraphQLArgument.newArgument()
        .name(names.legal("the argument of " + owner + " called", spec.name()))
        .description(described(spec))
        .type(of(spec.type(), spec.byDefault() == null, spec.name()));
    if (spec.byDefault() != null) {
      byDefault(made, spec.name(), spec.type(), false, spec.byDefault().bytes());
    }
    return made.build();
  }

  private static @Nullable String described(ArgumentSpec spec) {
    if (spec.min() == null && spec.max() == null) {
      return spec.description();
    }
    String range = spec.min() == null
        ? "At most " + spec.max() + "."
        : spec.max() == null
            ? "At least " + spec.min() + "."
            : spec.min() + " to " + spec.max() + ".";
    return spec.description() == null ? range : spec.description() + " " + range;
  }

  private void byDefault(
      GraphQLArgument.Builder made, String name, DataType type, boolean nullable, byte[] json) {
    try {
      Object value = JSON.readValue(json, Object.class);
      InputWriter.write(type, nullable, value, "default of argument " + name, new JsonSink(64));
      made.defaultValueProgrammatic(value);
    } catch (InputFault e) {
      names.problem(Code.GRAPHQL_DEFAULT, e.getMessage() + ".");
    } catch (IOException e) {
      throw new IllegalStateException("a default is no JSON", e);
    }
  }

  private GraphQLInputType of(DataType type, boolean nullable, String field) {
    GraphQLInputType plain = plain(type, field);
    return nullable ? plain : GraphQLNonNull.nonNull(plain);
  }

  private GraphQLInputType plain(DataType type, String field) {
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
      String name = names.input(record);
      if (names.claim(name, record, AS_INPUT)) {
        object(name, record);
      }
      return GraphQLTypeReference.typeRef(name);
    }
    if (type instanceof UnionType union) {
      String name = names.input(union);
      if (names.claim(name, union, AS_INPUT)) {
        oneOf(name, union);
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
              + " has no components (expected: at least one, as every GraphQL input has). Give it one, or leave it out.");
      return;
    }
    GraphQLInputObjectType.Builder object =
        GraphQLInputObjectType.newInputObject().name(name).description(record.description());
    for (Component component : record.components()) {
      GraphQLInputObjectField.Builder field = GraphQLInputObjectField.newInputObjectField()
          .name(names.legal("the component of " + record.name() + " called", component.name()))
          .description(component.description())
          .type(of(component.type(), component.nullable(), component.name()));
      if (component.nullable() && component.deprecation() != null) {
        field.deprecate(component.deprecation()); // what is required cannot be deprecated
      }
      object.field(field.build());
    }
    made.add(object.build());
  }

  private void oneOf(String name, UnionType union) {
    GraphQLInputObjectType.Builder object = GraphQLInputObjectType.newInputObject()
        .name(name)
        .description(union.description())
        .withAppliedDirective(Directives.OneOfDirective.toAppliedDirective());
    for (Case one : union.cases()) {
      object.field(GraphQLInputObjectField.newInputObjectField()
          .name(CaseNames.member(one))
          .description(one.type().description())
          .type(of(one.type(), true, ""))
          .build());
    }
    made.add(object.build());
  }
}

package dev.gatehouse.graphql.internal.schema;

import dev.gatehouse.dsl.contract.DataType.EnumConstant;
import dev.gatehouse.dsl.contract.DataType.EnumType;
import graphql.schema.GraphQLEnumType;
import graphql.schema.GraphQLEnumValueDefinition;
import java.util.HashMap;
import java.util.Map;

/** Makes enumerations, which are the same in outputs and inputs. Confined to one compilation. */
final class EnumTypes {
  private final TypeNames names;
  private final Map<String, GraphQLEnumType> made = new HashMap<>();

  EnumTypes(TypeNames names) {
    this.names = names;
  }

  GraphQLEnumType of(EnumType type) {
    String name = names.output(type);
    names.claim(name, type, "");
    return made.computeIfAbsent(name, any -> make(name, type));
  }

  private GraphQLEnumType make(String name, EnumType type) {
    GraphQLEnumType.Builder made =
        GraphQLEnumType.newEnum().name(name).description(type.description());
    for (EnumConstant constant : type.constants()) {
      made.value(GraphQLEnumValueDefinition.newEnumValueDefinition()
          .name(names.legalConstant("the constant of " + type.name() + " called", constant.name()))
          .value(constant.name())
          .description(constant.description())
          .deprecationReason(constant.deprecation())
          .build());
    }
    return made.build();
  }
}

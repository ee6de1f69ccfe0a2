package dev.gatehouse.graphql.internal.schema;

import graphql.language.Argument;
import graphql.language.ArrayValue;
import graphql.language.AstPrinter;
import graphql.language.Definition;
import graphql.language.Directive;
import graphql.language.Document;
import graphql.language.EnumTypeDefinition;
import graphql.language.FieldDefinition;
import graphql.language.InputObjectTypeDefinition;
import graphql.language.InterfaceTypeDefinition;
import graphql.language.ObjectTypeDefinition;
import graphql.language.ScalarTypeDefinition;
import graphql.language.SchemaExtensionDefinition;
import graphql.language.StringValue;
import graphql.language.UnionTypeDefinition;
import graphql.language.Value;
import graphql.parser.Parser;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** A subgraph in the schema definition language: its own types, with what it says of them to gateways. Used once. */
final class SubgraphText {
  private static final String SPECIFICATION = "https://specs.apollo.dev/federation/v2.3";

  /** What is said of a type (field null) or a field, by the names of the schema. */
  record Said(
      String type,
      @Nullable String field,
      String name,
      @Nullable String argument,
      String value) {}

  private final Map<String, List<Directive>> directives = new HashMap<>();
  private final Set<String> imports = new TreeSet<>();

  private SubgraphText(List<Said> said) {
    for (Said one : new LinkedHashSet<>(said)) {
      imports.add("@" + one.name());
      directives
          .computeIfAbsent(place(one.type(), one.field()), any -> new ArrayList<>())
          .add(directive(one.name(), one.argument(), one.value()));
    }
  }

  static String of(String plain, List<Said> said) {
    return new SubgraphText(said).print(Parser.parse(plain));
  }

  private static String place(String type, @Nullable String field) {
    return field == null ? type : type + "." + field;
  }

  private static Directive directive(String name, @Nullable String argument, String value) {
    Directive.Builder directive = Directive.newDirective().name(name);
    if (argument != null) {
      directive.argument(new Argument(argument, StringValue.of(value)));
    }
    return directive.build();
  }

  @SuppressWarnings("rawtypes") // as graphql-java has it
  private String print(Document plain) {
    List<Definition> definitions = new ArrayList<>();
    List<Value> imported = new ArrayList<>();
    imports.forEach(name -> imported.add(StringValue.of(name)));
    Directive.Builder link = Directive.newDirective()
        .name("link")
        .argument(new Argument("url", StringValue.of(SPECIFICATION)));
    if (!imported.isEmpty()) {
      link.argument(
          new Argument("import", ArrayValue.newArrayValue().values(imported).build()));
    }
    definitions.add(SchemaExtensionDefinition.newSchemaExtensionDefinition()
        .directive(link.build())
        .build());
    plain.getDefinitions().forEach(definition -> definitions.add(withDirectives(definition)));
    return AstPrinter.printAst(Document.newDocument().definitions(definitions).build())
            .strip()
            .replace(") \n", ")\n")
        + "\n";
  }

  @SuppressWarnings("rawtypes")
  private Definition withDirectives(Definition<?> definition) {
    if (definition instanceof ObjectTypeDefinition object) {
      return object.transform(changed -> changed
          .directives(and(object.getDirectives(), object.getName(), null))
          .fieldDefinitions(fields(object.getName(), object.getFieldDefinitions())));
    }
    if (definition instanceof InterfaceTypeDefinition shared) {
      return shared.transform(changed -> changed
          .directives(and(shared.getDirectives(), shared.getName(), null))
          .definitions(fields(shared.getName(), shared.getFieldDefinitions())));
    }
    if (definition instanceof UnionTypeDefinition union) {
      return union.transform(
          changed -> changed.directives(and(union.getDirectives(), union.getName(), null)));
    }
    if (definition instanceof EnumTypeDefinition constants) {
      return constants.transform(
          changed -> changed.directives(and(constants.getDirectives(), constants.getName(), null)));
    }
    if (definition instanceof ScalarTypeDefinition scalar) {
      return scalar.transform(
          changed -> changed.directives(and(scalar.getDirectives(), scalar.getName(), null)));
    }
    if (definition instanceof InputObjectTypeDefinition input) {
      return input.transform(
          changed -> changed.directives(and(input.getDirectives(), input.getName(), null)));
    }
    return definition;
  }

  private List<FieldDefinition> fields(String type, List<FieldDefinition> fields) {
    return fields.stream()
        .map(field -> field.transform(
            changed -> changed.directives(and(field.getDirectives(), type, field.getName()))))
        .toList();
  }

  private List<Directive> and(List<Directive> own, String type, @Nullable String field) {
    List<Directive> all = new ArrayList<>(directives.getOrDefault(place(type, field), List.of()));
    all.addAll(own);
    return all;
  }
}

package dev.gatehouse.graphql.internal.schema;

import graphql.language.AstPrinter;
import graphql.language.Definition;
import graphql.language.Directive;
import graphql.language.Document;
import graphql.language.FieldDefinition;
import graphql.language.InterfaceTypeDefinition;
import graphql.language.NamedNode;
import graphql.language.ObjectTypeDefinition;
import graphql.language.SDLExtensionDefinition;
import graphql.parser.Parser;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** What two subgraphs say of themselves to gateways, which a comparison of plain schemas does not know. */
final class SubgraphDiff {
  /** The directives of GraphQL itself. */
  private static final Set<String> OWN = Set.of("deprecated", "specifiedBy", "oneOf");

  private final List<Definition<?>> plain = new ArrayList<>();
  private final Set<String> said = new TreeSet<>();

  private SubgraphDiff(Document document) {
    for (Definition<?> definition : document.getDefinitions()) {
      if (definition instanceof ObjectTypeDefinition object) {
        plain.add(object.transform(changed -> changed
            .directives(own(object.getName(), object.getDirectives()))
            .fieldDefinitions(fields(object.getName(), object.getFieldDefinitions()))));
      } else if (definition instanceof InterfaceTypeDefinition shared) {
        plain.add(shared.transform(changed -> changed
            .directives(own(shared.getName(), shared.getDirectives()))
            .definitions(fields(shared.getName(), shared.getFieldDefinitions()))));
      } else if (!(definition instanceof SDLExtensionDefinition && isSchema(definition))) {
        plain.add(definition);
      }
    }
  }

  private static boolean isSchema(Definition<?> definition) {
    return !(definition instanceof NamedNode);
  }

  private List<FieldDefinition> fields(String type, List<FieldDefinition> fields) {
    return fields.stream()
        .map(field -> field.transform(changed ->
            changed.directives(own(type + "." + field.getName(), field.getDirectives()))))
        .toList();
  }

  private List<Directive> own(String place, List<Directive> directives) {
    List<Directive> own = new ArrayList<>();
    for (Directive directive : directives) {
      if (OWN.contains(directive.getName())) {
        own.add(directive);
      } else {
        said.add(place + " " + AstPrinter.printAstCompact(directive));
      }
    }
    return own;
  }

  /** A schema without what only gateways read. */
  @SuppressWarnings({"rawtypes", "unchecked"}) // as graphql-java has it
  static String plain(String schema) {
    List<Definition> plain = (List) new SubgraphDiff(Parser.parse(schema)).plain;
    return AstPrinter.printAst(Document.newDocument().definitions(plain).build());
  }

  /** What is no longer said to gateways, and what newly is; each is a line. */
  static List<String> changes(String before, String after) {
    Set<String> old = new SubgraphDiff(Parser.parse(before)).said;
    Set<String> now = new SubgraphDiff(Parser.parse(after)).said;
    List<String> changes = new ArrayList<>();
    old.stream()
        .filter(one -> !now.contains(one))
        .forEach(one -> changes.add("breaking: gateways are no longer told: " + one));
    now.stream()
        .filter(one -> !old.contains(one))
        .forEach(one -> changes.add("dangerous: gateways are told: " + one));
    return changes;
  }
}

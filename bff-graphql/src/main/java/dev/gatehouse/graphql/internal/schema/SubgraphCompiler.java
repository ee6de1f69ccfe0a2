package dev.gatehouse.graphql.internal.schema;

import dev.gatehouse.dsl.contract.DataType;
import dev.gatehouse.dsl.contract.DataType.Component;
import dev.gatehouse.dsl.contract.DataType.EnumType;
import dev.gatehouse.dsl.contract.DataType.RecordType;
import dev.gatehouse.dsl.contract.DataType.ScalarType;
import dev.gatehouse.dsl.finding.Code;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Finds out how entities are told by their keys and what is said of types, and all that is wrong with it. Used once. */
final class SubgraphCompiler {
  private static final String BY_CONVENTION = "id";

  private final GivenSubgraph subgraph;
  private final TypeNames names;
  private final ScalarTypes scalars;
  private final List<OpenEntity> entities = new ArrayList<>();
  private final List<SubgraphText.Said> said = new ArrayList<>();

  SubgraphCompiler(GivenSubgraph subgraph, TypeNames names, ScalarTypes scalars) {
    this.subgraph = subgraph;
    this.names = names;
    this.scalars = scalars;
  }

  List<OpenEntity> entities() {
    return List.copyOf(entities);
  }

  /** The names of the types that are entities. */
  Set<String> entityTypes() {
    return entities.stream()
        .map(OpenEntity::typeName)
        .collect(Collectors.toCollection(LinkedHashSet::new));
  }

  List<SubgraphText.Said> said() {
    return said;
  }

  /**
   * Adds an entity.
   *
   * @param index its position among all that the door opens
   * @param root what stands for it as a root field
   */
  void add(int index, GivenEntity entity, RootField root) {
    names.at(index);
    DataType output = entity.byKey().graph().result().type();
    DataType input = entity.byKey().graph().input();
    String name = entity.byKey().name();
    if (!(output instanceof RecordType record)) {
      names.problem(
          Code.GRAPHQL_ENTITY,
          name + " answers " + output.name()
              + " (expected: a record, as an entity is an object). Answer one.");
      return;
    }
    if (!(input instanceof ScalarType
        || input instanceof EnumType
        || input instanceof RecordType)) {
      names.problem(
          Code.GRAPHQL_ENTITY,
          name + " takes " + (input == null ? "nothing" : input.name())
              + " (expected: the value of one field, or a record of the key's fields). Let it take a key.");
      return;
    }
    FieldSet key = key(entity, input, name);
    if (key == null) {
      return;
    }
    Optional<String> missing = key.missingIn(record);
    if (missing.isPresent()) {
      names.problem(
          Code.GRAPHQL_ENTITY,
          name + " finds " + record.name() + " by " + key.text() + ", but " + record.name()
              + " has no field " + missing.get()
              + " (expected: fields that both have). Add it to the record, or name the key with entityBy(…).");
      return;
    }
    String typeName = names.output(record);
    OpenField open = new OpenField(index, root, output, new RootInput(null, false, List.of()));
    KeyValues values = KeyValues.of(input, key.text(), scalars);
    entities.add(new OpenEntity(open, record, typeName, input, key, values));
    said.add(new SubgraphText.Said(typeName, null, "key", "fields", key.text()));
  }

  private @Nullable FieldSet key(GivenEntity entity, DataType input, String name) {
    FieldSet whole = input instanceof RecordType record
        ? FieldSet.of(record).orElse(null)
        : FieldSet.of(BY_CONVENTION);
    if (entity.key() == null) {
      if (whole == null) {
        names.problem(
            Code.GRAPHQL_ENTITY,
            name + " takes " + input.name()
                + ", which has itself within it (expected: a key with an end). Name the key's fields with entityBy(…).");
      }
      return whole;
    }
    FieldSet key = FieldSet.parse(entity.key()).orElse(null);
    boolean fits =
        key != null && (input instanceof RecordType ? key.missingIn(input).isEmpty() : key.isOne());
    if (!fits) {
      String expected = (input instanceof RecordType ? "fields of " + input.name() : "one field")
          + (whole == null ? "" : ", such as \"" + whole.text() + "\"");
      names.problem(
          Code.GRAPHQL_ENTITY,
          "key \"" + entity.key() + "\" of " + name + ", which takes " + input.name()
              + " (expected: " + expected + ").");
      return null;
    }
    return key;
  }

  /**
   * Resolves what is said of types.
   *
   * @param index the position of what problems are reported at
   * @param types all that composites answer and take
   */
  void direct(int index, Map<Type, DataType> types) {
    names.at(index);
    for (GivenDirective given : subgraph.directives()) {
      DataType type = types.get(given.type());
      String shown = GivenName.shown(given.type());
      if (type == null) {
        names.problem(
            Code.GRAPHQL_SUBGRAPH,
            "@" + given.name() + " of " + shown
                + ", which is in no answer of this schema (expected: a type that a field or an entity answers).");
        continue;
      }
      DataType of = type;
      if (given.field() != null) {
        Component component =
            type instanceof RecordType record ? record.field(given.field()) : null;
        if (component == null) {
          names.problem(
              Code.GRAPHQL_SUBGRAPH,
              "@" + given.name() + " of " + shown + "." + given.field() + ", but " + shown
                  + " has no such field (expected: " + fieldsOf(type) + ").");
          continue;
        }
        // What a field requires stands beside it; what it provides is below it.
        of = given.name().equals("provides") ? component.type() : type;
      }
      if (given.hasFields()) {
        FieldSet fields = FieldSet.parse(given.value()).orElse(null);
        Optional<String> missing =
            fields == null ? Optional.of(given.value()) : fields.missingIn(of);
        if (missing.isPresent()) {
          names.problem(
              Code.GRAPHQL_SUBGRAPH,
              "@" + given.name() + " of " + shown + "." + given.field() + ": \"" + given.value()
                  + "\", but there is no field " + missing.get()
                  + " (expected: fields of " + of.name() + ", such as \"a b { c }\").");
          continue;
        }
      }
      said.add(new SubgraphText.Said(
          names.output(type), given.field(), given.name(), given.argument(), given.value()));
    }
  }

  private static String fieldsOf(DataType type) {
    return type instanceof RecordType record
        ? "one of "
            + String.join(
                ", ", record.components().stream().map(Component::name).toList())
        : "the type itself, as it is no record";
  }
}

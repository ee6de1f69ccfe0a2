package dev.gatehouse.graphql;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.gatehouse.dsl.contract.JsonMapping;
import dev.gatehouse.dsl.contract.Nothing;
import dev.gatehouse.dsl.finding.CallFinding.OutOfRange;
import dev.gatehouse.dsl.finding.Code;
import dev.gatehouse.dsl.finding.DoorFinding.CommandForReading;
import dev.gatehouse.dsl.finding.DoorFinding.FieldMisfit;
import dev.gatehouse.dsl.finding.Finding;
import dev.gatehouse.graphql.internal.schema.ApiSchema;
import dev.gatehouse.graphql.internal.schema.ContractCheck;
import dev.gatehouse.graphql.internal.schema.GivenName;
import dev.gatehouse.graphql.internal.schema.RootField;
import dev.gatehouse.graphql.internal.schema.RootKind;
import dev.gatehouse.graphql.internal.schema.SchemaCompiler;
import dev.gatehouse.graphql.internal.schema.SchemaProblem;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Makes a door as written into a schema, and finds all that is in the way. Used once. */
final class DoorCompiler {
  private static final String NAME = "GraphQL";
  private static final int SEVERAL = 2;
  private static final String DOOR = "The GraphQL door";
  private static final Pattern PATH = Pattern.compile("(/[A-Za-z0-9._~-]+)+");

  private static final int MOST_WAITING = 10_000;

  private final List<Finding> findings = new ArrayList<>();
  private final DoorSpec door;
  private @Nullable ApiSchema api;

  DoorCompiler(List<FieldSpec> fields, DoorSpec door) {
    this.door = door;
    if (!PATH.matcher(door.path()).matches()) {
      report(
          Code.GRAPHQL_PATH,
          "path \"" + door.path()
              + "\" (expected: a slash and letters, digits, dots, hyphens, underscores or tildes, such as \"/graphql\").");
    }
    if (fields.stream().noneMatch(field -> field.kind() == RootKind.QUERY)) {
      report(
          Code.GRAPHQL_MISSING,
          "no query (expected: at least one, as every GraphQL schema has). Add one with .query(…), or leave the door out.");
    }
    List<FieldSpec> opened = new ArrayList<>(fields);
    opened.addAll(door.entities());
    opened.forEach(this::check);
    checkNames();
    checkBatches();
    // A composite that is not sound has findings of its own and no types to go by.
    if (findings.isEmpty() && opened.stream().allMatch(DoorCompiler::isSound)) {
      compile(fields, opened);
    }
  }

  private static boolean isSound(FieldSpec field) {
    return field.composite().findings().isEmpty()
        && (field.subscribing() == null
            || field.subscribing().source().findings().isEmpty());
  }

  /** What is wrong. */
  List<Finding> findings() {
    return List.copyOf(findings);
  }

  /** The schema; only where nothing but its contract is wrong. */
  ApiSchema api() {
    if (api == null) {
      throw new IllegalStateException("a door with findings has no schema");
    }
    return api;
  }

  private void check(FieldSpec field) {
    if (field.rules() > 1) {
      report(
          field,
          Code.GRAPHQL_RULE_TWICE,
          field.rules() + " access rules (expected: one). Put them together in one allowedIf(…).");
    }
    checkSlow(field);
    if (!field.mutation() && field.composite().isCommand()) {
      findings.add(new CommandForReading(
          field.place(),
          NAME,
          field.label(),
          field.composite().name(),
          field.composite().effects().get(0).operation().name(),
          "a mutation"));
    }
    if (field.mutation()
        && !field.composite().isCommand()
        && field.composite().findings().isEmpty()) {
      report(
          field,
          Code.GRAPHQL_MUTATION,
          field.composite().name()
              + " changes nothing (expected: a composite that calls an operation that is not safe). Open it with .query(…).");
    }
  }

  private void checkSlow(FieldSpec field) {
    WhenSlow slow = field.subscribing() == null ? null : field.subscribing().whenSlow();
    Integer most = slow == null ? null : slow.most();
    if (most != null && (most < 1 || most > MOST_WAITING)) {
      findings.add(new OutOfRange(
          field.place(),
          field.label() + ": dropOldest",
          String.valueOf(most),
          "1 to " + MOST_WAITING));
    }
  }

  /** One type has one name; that a name has one type is found out with all types at hand. */
  private void checkNames() {
    for (DoorSpec.Named named : door.names()) {
      GivenName name = named.name();
      door.names().stream()
          .takeWhile(other -> other != named)
          .map(DoorSpec.Named::name)
          .filter(other -> other.type().equals(name.type())
              && other.input() == name.input()
              && !other.name().equals(name.name()))
          .findFirst()
          .ifPresent(other -> findings.add(new FieldMisfit(
              named.place(),
              Code.GRAPHQL_TYPE_CLASH,
              DOOR,
              name.shown() + " is called " + name.name() + " and " + other.name()
                  + " (expected: one name for a type). Remove one of the two.")));
    }
  }

  /** An entity is found for many keys at once, which its composite has to be able to. */
  private void checkBatches() {
    if (door.subgraph() != null) {
      door.subgraph().entities().stream()
          .map(entity -> entity.given().byKey())
          .filter(byKey -> byKey.findings().isEmpty() && byKey.inputType() != Nothing.class)
          .forEach(byKey -> findings.addAll(byKey.forAll(SEVERAL).findings()));
    }
  }

  private void compile(List<FieldSpec> fields, List<FieldSpec> opened) {
    List<RootField> roots = new ArrayList<>();
    for (FieldSpec field : fields) {
      roots.add(new RootField(
          field.kind(),
          field.name(),
          field.composite(),
          field.subscribing() == null ? null : field.subscribing().source().spec(),
          field.input(),
          field.argument(),
          defaults(field),
          field.description(),
          field.deprecation()));
    }
    SchemaCompiler compiler = new SchemaCompiler(
        roots,
        door.names().stream().map(DoorSpec.Named::name).toList(),
        door.subgraph() == null ? null : door.subgraph().given());
    ApiSchema compiled = compiler.compile();
    for (SchemaProblem problem : compiler.problems()) {
      if (problem.root() < 0) {
        report(problem.code(), problem.message());
      } else {
        report(opened.get(problem.root()), problem.code(), problem.message());
      }
    }
    door.names().stream()
        .filter(named -> compiler.unusedNames().contains(named.name()))
        .forEach(this::reportUnused);
    if (!findings.isEmpty() || compiled == null) {
      return;
    }
    api = compiled;
    if (door.contract() != null) {
      ContractCheck.problem(door.contract(), compiled.text())
          .ifPresent(problem -> report(Code.GRAPHQL_CONTRACT, problem));
    }
  }

  private void reportUnused(DoorSpec.Named named) {
    GivenName name = named.name();
    findings.add(new FieldMisfit(
        named.place(),
        Code.GRAPHQL_TYPE_UNKNOWN,
        DOOR,
        name.shown() + " is called " + name.name() + ", but "
            + (name.input()
                ? "is no input of this schema (expected: a record or sealed interface that a field takes)."
                : "is in no answer of this schema, or a type of GraphQL itself"
                    + " (expected: a record, sealed interface, enum or scalar type that a field answers or takes).")
            + " Mend the type, or remove the name."));
  }

  private Map<String, byte[]> defaults(FieldSpec field) {
    Map<String, byte[]> defaults = new LinkedHashMap<>();
    field.defaults().forEach((argument, value) -> {
      try {
        defaults.put(argument, JsonMapping.writer(value.getClass()).writeValueAsBytes(value));
      } catch (JsonProcessingException e) {
        report(
            field,
            Code.GRAPHQL_DEFAULT,
            "default of argument " + argument + ": " + value.getClass().getSimpleName()
                + " has no JSON form (expected: a value of the argument's type).");
      }
    });
    return defaults;
  }

  private void report(FieldSpec field, Code code, String problem) {
    findings.add(new FieldMisfit(field.place(), code, field.label(), problem));
  }

  private void report(Code code, String problem) {
    findings.add(new FieldMisfit(door.place(), code, DOOR, problem));
  }
}

package dev.gatehouse.graphql.internal.operation;

import dev.gatehouse.dsl.contract.DataType;
import dev.gatehouse.dsl.contract.DataType.Case;
import dev.gatehouse.dsl.contract.DataType.Component;
import dev.gatehouse.dsl.contract.DataType.ListType;
import dev.gatehouse.dsl.contract.DataType.RecordType;
import dev.gatehouse.dsl.contract.DataType.UnionType;
import dev.gatehouse.dsl.graph.Node.ArgumentSpec;
import dev.gatehouse.graphql.internal.answer.ErrorCode;
import dev.gatehouse.graphql.internal.answer.GraphqlError;
import dev.gatehouse.graphql.internal.answer.RequestRefused;
import dev.gatehouse.graphql.internal.schema.ApiSchema;
import dev.gatehouse.graphql.internal.schema.OpenEntity;
import dev.gatehouse.graphql.internal.schema.OpenField;
import dev.gatehouse.graphql.internal.schema.RootKind;
import dev.gatehouse.graphql.internal.schema.Subgraphs;
import dev.gatehouse.runtime.config.GraphqlSettings;
import dev.gatehouse.runtime.plan.Plan;
import dev.gatehouse.runtime.plan.Selection;
import graphql.execution.CoercedVariables;
import graphql.language.Definition;
import graphql.language.Document;
import graphql.language.Field;
import graphql.language.FragmentDefinition;
import graphql.language.OperationDefinition;
import graphql.language.SelectionSet;
import graphql.schema.GraphQLFieldDefinition;
import graphql.schema.GraphQLObjectType;
import graphql.schema.GraphQLSchema;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Compiles one valid operation for one set of conditions. Used once. */
final class OperationCompiler {
  static final String INTROSPECTION_IS_OFF =
      "Introspection is off; only __typename can be asked for. Ask the owner of this API for its schema.";

  private final ApiSchema api;
  private final GraphQLSchema schema;
  private final Planning planning;
  private final GraphqlSettings settings;
  private final boolean introspects;
  private final Map<String, FragmentDefinition> fragments;
  private final CoercedVariables conditions;
  private FieldCollector collector;
  private List<BoundInput.Slot> slots = new ArrayList<>();
  private List<Set<DeferUsage>> parts = new ArrayList<>();
  private int fields;

  /**
   * @param introspects whether the schema may be asked for
   * @param conditions the values of the variables that directives name
   * @param incremental whether parts of the answer may follow the first
   */
  OperationCompiler(
      ApiSchema api,
      Planning planning,
      GraphqlSettings settings,
      boolean introspects,
      Map<String, FragmentDefinition> fragments,
      CoercedVariables conditions,
      boolean incremental) {
    this.api = api;
    this.schema = api.schema();
    this.planning = planning;
    this.settings = settings;
    this.introspects = introspects;
    this.fragments = fragments;
    this.conditions = conditions;
    this.collector = new FieldCollector(
        schema, fragments, conditions, incremental ? settings.maxDirectives() : 0);
  }

  CompiledOperation compile(Document document, OperationDefinition operation) {
    RootKind kind = RootKind.of(operation.getOperation());
    GraphQLObjectType type =
        Objects.requireNonNull(schema.getObjectType(kind.type()), "a valid operation has a type");
    List<Collected.Below> top = List.of(new Collected.Below(operation.getSelectionSet(), null));
    Map<String, List<Collected>> collected = collector.collect(type.getName(), top, 0);
    if (collected.values().stream().anyMatch(OperationCompiler::isForGateways)) {
      // Gateways take answers as a whole.
      collector = new FieldCollector(schema, fragments, conditions, 0);
      collected = collector.collect(type.getName(), top, 0);
    }
    DocumentLimits.atMost("root fields", collected.size(), settings.maxRootFields());
    List<CompiledRoot> roots = new ArrayList<>();
    List<Field> introspection = new ArrayList<>();
    List<Set<DeferUsage>> deferredRoots = new ArrayList<>();
    List<List<Set<DeferUsage>>> deferredParts = new ArrayList<>();
    collected.forEach((key, merged) -> {
      Field first = merged.get(0).field();
      deferredRoots.add(FieldGroups.usages(merged));
      parts = new ArrayList<>();
      OpenField open = api.root(kind, first.getName());
      if (open != null) {
        roots.add(planned(key, open, type, merged));
      } else if (first.getName().equals(Subgraphs.ENTITIES)) {
        roots.add(entities(key, type, merged));
      } else if (first.getName().equals(Subgraphs.SERVICE)) {
        roots.add(service(key, merged));
      } else if (first.getName().equals(Selection.TYPE_NAME)) {
        roots.add(new CompiledRoot.TypeName(key, type.getName()));
      } else {
        refuseIntrospection(first);
        merged.forEach(each -> introspection.add(each.field()));
        roots.add(new CompiledRoot.Introspection(key));
      }
      deferredParts.add(parts);
    });
    Cost cost = checkCost(roots, settings);
    boolean whole = deferredRoots.stream().allMatch(Set::isEmpty)
        && deferredParts.stream().allMatch(List::isEmpty);
    return new CompiledOperation(
        kind,
        roots,
        introspection.isEmpty() ? null : only(document, operation, introspection),
        whole ? null : new Deferral(deferredRoots, deferredParts),
        cost);
  }

  private static boolean isForGateways(List<Collected> merged) {
    String field = merged.get(0).field().getName();
    return field.equals(Subgraphs.ENTITIES) || field.equals(Subgraphs.SERVICE);
  }

  private int number(Set<DeferUsage> usages) {
    parts.add(usages);
    return parts.size();
  }

  private CompiledRoot planned(
      String key, OpenField open, GraphQLObjectType type, List<Collected> merged) {
    slots = new ArrayList<>();
    Field first = merged.get(0).field();
    DataType output = open.output();
    StreamRule.check(merged, output instanceof ListType);
    Placed placed = new Placed(first.getSourceLocation(), output == null ? 0 : lists(output));
    count(1);
    Selection selection =
        output == null ? null : selection(output, merged, FieldGroups.usages(merged), placed, 1);
    Plan plan = planning.plan(open.root().composite(), selection);
    ArgumentValues arguments = values(type, first);
    return new CompiledRoot.Planned(
        key, open, plan, new BoundInput(open.input(), arguments, slots), placed);
  }

  private CompiledRoot entities(String key, GraphQLObjectType type, List<Collected> merged) {
    Field first = merged.get(0).field();
    Placed placed = new Placed(first.getSourceLocation(), 1);
    count(1);
    ArgumentValues representations = values(type, first);
    List<SelectedEntity> types = new ArrayList<>();
    for (OpenEntity entity : api.entities()) {
      slots = new ArrayList<>();
      FieldGroups selected = new FieldGroups(Set.of());
      select(entity.type(), sets(merged), null, placed, 1, selected);
      BoundInput arguments = new BoundInput(entity.field().input(), representations, slots);
      types.add(new SelectedEntity(entity, selected.selection(this::number), arguments));
    }
    return new CompiledRoot.Entities(key, representations, types, placed);
  }

  private CompiledRoot service(String key, List<Collected> merged) {
    count(2);
    byte[] json =
        ServiceJson.of(api.text(), collector.collect(Subgraphs.SERVICE_TYPE, sets(merged), 1));
    return new CompiledRoot.Service(
        key, json, new Placed(merged.get(0).field().getSourceLocation(), 0));
  }

  private static List<Collected.Below> sets(List<Collected> merged) {
    List<Collected.Below> sets = new ArrayList<>();
    for (Collected each : merged) {
      if (each.field().getSelectionSet() != null) {
        sets.add(new Collected.Below(each.field().getSelectionSet(), each.usage()));
      }
    }
    return sets;
  }

  private ArgumentValues values(GraphQLObjectType type, Field field) {
    GraphQLFieldDefinition definition = type.getFieldDefinition(field.getName());
    return new ArgumentValues(schema.getCodeRegistry(), definition.getArguments(), field);
  }

  /** What is selected below fields of one key; null for a leaf that is written as it stands. */
  private @Nullable Selection selection(
      DataType type, List<Collected> merged, Set<DeferUsage> usages, Placed placed, int depth) {
    if (type instanceof ListType list) {
      Selection ofElement = selection(list.element(), merged, usages, placed, depth);
      DeferUsage rest = collector.streamed(merged.get(0).field(), depth);
      return ofElement == null || ofElement.asText() || rest == null
          ? ofElement
          : ofElement.streamed(new Selection.Streamed(number(Set.of(rest)), rest.initialCount()));
    }
    if (!(type instanceof RecordType) && !(type instanceof UnionType)) {
      return api.isIntegerId(type) ? Selection.TEXT : null;
    }
    DocumentLimits.atMost("levels of fields", depth + 1L, settings.maxDepth());
    List<Collected.Below> sets = sets(merged);
    FieldGroups selected = new FieldGroups(usages);
    if (type instanceof RecordType record) {
      select(record, sets, null, placed, depth, selected);
    } else {
      for (Case one : ((UnionType) type).cases()) {
        select(one.type(), sets, Set.of(one.tag()), placed, depth, selected);
      }
    }
    return selected.selection(this::number);
  }

  private void select(
      RecordType record,
      List<Collected.Below> sets,
      @Nullable Set<String> cases,
      Placed placed,
      int depth,
      FieldGroups selected) {
    Map<String, List<Collected>> collected = collector.collect(api.nameOf(record), sets, depth);
    count(collected.size());
    collected.forEach((key, merged) -> {
      Field first = merged.get(0).field();
      Set<DeferUsage> usages = FieldGroups.usages(merged);
      if (first.getName().equals(Selection.TYPE_NAME)) {
        selected.add(
            usages,
            new Selection.Field(
                Selection.TYPE_NAME, key, List.of(), null, cases, api.nameOf(record)));
        return;
      }
      Component component = Objects.requireNonNull(
          record.field(first.getName()), "a valid document selects fields that are there");
      StreamRule.check(merged, component.type() instanceof ListType);
      Placed below = placed.child(key, first.getSourceLocation(), lists(component.type()));
      List<Selection.Argument> arguments = arguments(record, first);
      Selection inner = selection(component.type(), merged, usages, below, depth + 1);
      selected.add(usages, new Selection.Field(first.getName(), key, arguments, inner, cases));
    });
  }

  private List<Selection.Argument> arguments(RecordType record, Field field) {
    List<ArgumentSpec> specs = api.arguments(record, field.getName());
    if (specs.isEmpty()) {
      return List.of();
    }
    ArgumentValues values = values(
        Objects.requireNonNull(
            schema.getObjectType(api.nameOf(record)), "every record is an object type"),
        field);
    List<Selection.Argument> arguments = new ArrayList<>();
    for (ArgumentSpec spec : specs) {
      arguments.add(new Selection.Argument(spec.name(), slots.size()));
      slots.add(new BoundInput.Slot(spec, values));
    }
    return arguments;
  }

  private void count(int more) {
    fields += more;
    DocumentLimits.atMost("fields", fields, settings.maxFields());
  }

  private static int lists(DataType type) {
    return type instanceof ListType list ? 1 + lists(list.element()) : 0;
  }

  private void refuseIntrospection(Field field) {
    if (!introspects) {
      throw new RequestRefused(
          List.of(GraphqlError.of(ErrorCode.INTROSPECTION_DISABLED, INTROSPECTION_IS_OFF)
              .at(List.of(field.getSourceLocation()))));
    }
  }

  /** What the plans could cost at most, refused before anything is called. */
  static Cost checkCost(List<CompiledRoot> roots, GraphqlSettings settings) {
    Cost cost = Cost.of(roots);
    refuseCost("calls", cost.calls(), settings.maxCalls());
    refuseCost("rows", cost.rows(), settings.maxRows());
    return cost;
  }

  private static void refuseCost(String what, long figure, long most) {
    if (figure > most) {
      throw new RequestRefused(List.of(new GraphqlError(
          ErrorCode.COST_EXCEEDED,
          "The operation could cost " + figure + " " + what + " (expected: at most " + most
              + "). Select less of it, or ask for shorter lists.",
          List.of(),
          null,
          Map.of(what, figure, "limit", most))));
    }
  }

  /** The document with one operation, and nothing at its top but these fields. */
  @SuppressWarnings("rawtypes") // as graphql-java has it
  private static Document only(
      Document document, OperationDefinition operation, List<Field> fields) {
    List<Definition> definitions = new ArrayList<>();
    definitions.add(operation.transform(
        builder -> builder.selectionSet(new SelectionSet(List.copyOf(fields)))));
    for (Definition<?> definition : document.getDefinitions()) {
      if (definition instanceof FragmentDefinition) {
        definitions.add(definition);
      }
    }
    return Document.newDocument().definitions(definitions).build();
  }
}

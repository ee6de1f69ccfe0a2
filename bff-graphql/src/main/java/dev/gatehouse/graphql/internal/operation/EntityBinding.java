package dev.gatehouse.graphql.internal.operation;

import dev.gatehouse.dsl.Composite;
import dev.gatehouse.graphql.internal.answer.ErrorCode;
import dev.gatehouse.graphql.internal.input.InputFault;
import dev.gatehouse.graphql.internal.input.InputWriter;
import dev.gatehouse.graphql.internal.operation.BoundEntities.Fault;
import dev.gatehouse.graphql.internal.schema.OpenEntity;
import dev.gatehouse.graphql.internal.schema.OpenField;
import dev.gatehouse.graphql.internal.schema.Subgraphs;
import dev.gatehouse.runtime.config.GraphqlSettings;
import dev.gatehouse.runtime.json.JsonSink;
import dev.gatehouse.runtime.plan.Plan;
import dev.gatehouse.runtime.plan.Selection;
import graphql.execution.CoercedVariables;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * From the representations of a request to runs of plans: one for each type and key, over all of its representations. Confined to one
 * event loop.
 */
public final class EntityBinding {
  private static final String TYPE = Selection.TYPE_NAME;
  private static final int STEP = 10;

  private final Planning planning;
  private final GraphqlSettings settings;
  private final boolean suggests;
  private final Map<Sized, Composite<?, ?>> composites = new HashMap<>();

  /** An entity for at most so many representations: a plan's cost is that of the size it was made for. */
  private record Sized(int entity, int atMost) {}

  /** The representations of one entity. */
  private static final class Group {
    final JsonSink json = new JsonSink(256);
    final List<Integer> positions = new ArrayList<>();
    final @Nullable ErrorCode refused;

    Group(@Nullable ErrorCode refused) {
      this.refused = refused;
    }
  }

  /**
   * @param suggests whether errors tell names of the schema
   */
  EntityBinding(Planning planning, GraphqlSettings settings, boolean suggests) {
    this.planning = planning;
    this.settings = settings;
    this.suggests = suggests;
  }

  /**
   * Binds one field.
   *
   * @param refusal why entities are not for the caller, null where they are: whose keys are not even read
   * @throws dev.gatehouse.graphql.internal.answer.RequestRefused where there are too many representations, or an argument does not
   *     fit
   */
  public BoundEntities bind(
      CompiledRoot.Entities root,
      CoercedVariables variables,
      Function<OpenField, @Nullable ErrorCode> refusal) {
    Object given = root.representations().values(variables).get(Subgraphs.REPRESENTATIONS);
    List<?> representations = given instanceof List<?> list ? list : List.of();
    DocumentLimits.atMost("representations", representations.size(), settings.maxListSize());
    Map<Integer, Group> groups = new LinkedHashMap<>();
    Map<Integer, Fault> faults = new LinkedHashMap<>();
    for (int i = 0; i < representations.size(); i++) {
      try {
        ErrorCode refused = add(root, representations.get(i), i, groups, refusal);
        if (refused != null) {
          faults.put(i, new Fault(refused, refused.message()));
        }
      } catch (InputFault e) {
        faults.put(i, new Fault(ErrorCode.BAD_USER_INPUT, e.getMessage() + "."));
      }
    }
    List<EntityBatch> batches = new ArrayList<>();
    groups.forEach((type, group) -> {
      if (!group.positions.isEmpty()) {
        batches.add(batch(root, root.types().get(type), group, variables));
      }
    });
    return new BoundEntities(root, representations.size(), batches, faults);
  }

  /** Refuses what all of a request could cost, before anything is called. */
  public Cost checkCost(List<CompiledRoot> roots) {
    return OperationCompiler.checkCost(roots, settings);
  }

  /** Why the entity is not for the caller; null where the representation was added. */
  private @Nullable ErrorCode add(
      CompiledRoot.Entities root,
      @Nullable Object representation,
      int position,
      Map<Integer, Group> groups,
      Function<OpenField, @Nullable ErrorCode> refusal) {
    String at = Subgraphs.REPRESENTATIONS + "." + position;
    if (!(representation instanceof Map<?, ?> object)
        || !(object.get(TYPE) instanceof String type)) {
      throw new InputFault(at, "no type (expected: an object with " + TYPE + ")");
    }
    int found = find(root.types(), type, object, at);
    OpenEntity entity = root.types().get(found).entity();
    Group group = groups.computeIfAbsent(found, any -> new Group(refusal.apply(entity.field())));
    if (group.refused != null) {
      return group.refused;
    }
    JsonSink one = new JsonSink(64);
    write(entity, object, at, one);
    group.json.write(group.positions.isEmpty() ? '[' : ',');
    group.json.write(one.array(), 0, one.length());
    group.positions.add(position);
    return null;
  }

  /** The position of the type and key that a representation is of. */
  private int find(List<SelectedEntity> types, String type, Map<?, ?> object, String at) {
    List<String> keys = new ArrayList<>();
    Set<String> known = new LinkedHashSet<>();
    for (int i = 0; i < types.size(); i++) {
      OpenEntity entity = types.get(i).entity();
      known.add(entity.typeName());
      if (entity.typeName().equals(type)) {
        if (entity.key().isIn(object)) {
          return i;
        }
        keys.add(entity.key().text());
      }
    }
    if (!suggests) {
      throw new InputFault(
          at,
          keys.isEmpty()
              ? "unknown " + TYPE + " (expected: that of an entity)"
              : "no key of its type (expected: one, as the schema says)");
    }
    throw keys.isEmpty()
        ? new InputFault(
            at, "unknown " + TYPE + " (expected: one of " + String.join(", ", known) + ")")
        : new InputFault(
            at, "no key of " + type + " (expected: " + String.join(", or ", keys) + ")");
  }

  private static void write(OpenEntity entity, Map<?, ?> object, String at, JsonSink out) {
    if (entity.takesFields()) {
      InputWriter.write(entity.input(), false, entity.values().coerced(object), at, out);
    } else {
      String field = entity.key().text();
      Object value = entity.values().coerced(object.get(field));
      InputWriter.write(entity.input(), false, value, at + "." + field, out);
    }
  }

  private EntityBatch batch(
      CompiledRoot.Entities root,
      SelectedEntity selected,
      Group group,
      CoercedVariables variables) {
    group.json.write(']');
    OpenEntity entity = selected.entity();
    int atMost = 1;
    while (atMost < group.positions.size()) {
      atMost *= STEP;
    }
    int size = Math.max(1, Math.min(atMost, settings.maxListSize()));
    Composite<?, ?> sized = composites.computeIfAbsent(
        new Sized(entity.field().index(), size),
        any -> entity.field().root().composite().forAll(size));
    Plan plan = planning.plan(sized, selected.selection());
    return new EntityBatch(
        new CompiledRoot.Planned(
            root.key(), entity.field(), plan, selected.arguments(), root.placed()),
        group.json.toByteArray(),
        selected.arguments().arguments(variables),
        group.positions);
  }
}

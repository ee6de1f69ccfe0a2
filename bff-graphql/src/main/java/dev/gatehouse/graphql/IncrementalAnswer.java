package dev.gatehouse.graphql;

import dev.gatehouse.graphql.internal.answer.ErrorCode;
import dev.gatehouse.graphql.internal.answer.GraphqlError;
import dev.gatehouse.graphql.internal.incremental.Deliveries;
import dev.gatehouse.graphql.internal.incremental.Deliveries.Due;
import dev.gatehouse.graphql.internal.incremental.Payload;
import dev.gatehouse.graphql.internal.operation.CompiledOperation;
import dev.gatehouse.graphql.internal.operation.CompiledRoot;
import dev.gatehouse.graphql.internal.operation.CompiledRoot.Planned;
import dev.gatehouse.graphql.internal.operation.DeferUsage;
import dev.gatehouse.graphql.internal.operation.Deferral;
import dev.gatehouse.runtime.engine.Answer;
import dev.gatehouse.runtime.engine.Answer.Loss;
import dev.gatehouse.runtime.engine.Changes;
import dev.gatehouse.runtime.engine.Piece;
import dev.gatehouse.runtime.json.JsonSink;
import dev.gatehouse.runtime.upstream.FailureClass;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Puts the parts of an operation's root fields together to what is told of it: first what is not deferred, then the rest as it comes.
 * Confined to one event loop.
 */
final class IncrementalAnswer {
  private final CompiledOperation operation;
  private final Deferral deferral;
  private final Deliveries deliveries = new Deliveries();
  private final Map<Set<DeferUsage>, RootGroup> groups = new LinkedHashMap<>();
  private final List<Loss> losses = new ArrayList<>();
  private @Nullable RootGroup first;
  private Map<String, @Nullable Object> schema = Map.of();
  private boolean isFirstTold;
  private Runnable ready = () -> {};

  private record PartKey(int root, int part, List<Object> path) {}

  /** The root fields that are deferred with the same fragments. */
  private static final class RootGroup {
    final List<Integer> roots = new ArrayList<>();
    final Map<Integer, byte[]> values = new LinkedHashMap<>();
    final List<GraphqlError> errors = new ArrayList<>();

    boolean isThere() {
      return values.size() == roots.size();
    }
  }

  /**
   * @param deferral of the operation
   */
  IncrementalAnswer(CompiledOperation operation, Deferral deferral) {
    this.operation = operation;
    this.deferral = deferral;
  }

  /** Has something called whenever something new can perhaps be told. */
  void onReady(Runnable told) {
    ready = told;
  }

  /**
   * Notes what is known before anything is called.
   *
   * @param answered what was asked of the schema
   * @param refused for each root field, why it is not run; null where it is
   */
  void begin(Map<String, @Nullable Object> answered, List<@Nullable ErrorCode> refused) {
    schema = answered;
    List<CompiledRoot> roots = operation.roots();
    for (int i = 0; i < roots.size(); i++) {
      groups
          .computeIfAbsent(deferral.roots().get(i), key -> new RootGroup())
          .roots
          .add(i);
    }
    first = groups.computeIfAbsent(Set.of(), key -> new RootGroup());
    List<Due> dues = new ArrayList<>();
    groups.forEach((usages, group) -> {
      if (!usages.isEmpty()) {
        dues.add(new Due(group, usages, List.of()));
      }
    });
    deliveries.await(null, dues);
    for (int i = 0; i < roots.size(); i++) {
      ErrorCode code = refused.get(i);
      if (!(roots.get(i) instanceof Planned planned)) {
        put(i, known(roots.get(i)));
      } else if (code != null) {
        group(i).errors.add(OperationRun.error(planned, code));
        put(i, value(planned, null, FailureClass.REFUSED));
      }
    }
    ready.run();
  }

  private byte[] known(CompiledRoot root) {
    if (root instanceof CompiledRoot.TypeName name) {
      JsonSink out = new JsonSink(32);
      out.writeString(name.type());
      return out.toByteArray();
    }
    return Json.encodeToBuffer(schema.get(root.key())).getBytes();
  }

  /** Takes parts of a root field, its first part before all others. */
  void given(int root, List<Piece> pieces) {
    for (Piece piece : pieces) {
      take(root, (Planned) operation.roots().get(root), piece);
    }
    ready.run();
  }

  private void take(int root, Planned planned, Piece piece) {
    Changes changes = planned.plan().isCommand() ? Changes.DONE : null;
    List<GraphqlError> errors = new ArrayList<>();
    OperationRun.errors(planned, piece.losses(), piece.failure(), changes, errors);
    OperationRun.losses(planned, piece.losses(), losses);
    Object key = piece.part() == 0 ? group(root) : new PartKey(root, piece.part(), piece.path());
    await(key.equals(first) ? null : key, root, planned, piece.awaited());
    if (piece.part() == 0) {
      group(root).errors.addAll(errors);
      put(root, value(planned, piece.json(), piece.failure()));
    } else {
      Buffer json = piece.json();
      deliveries.arrived(key, json == null ? null : json.getBytes(), errors);
    }
  }

  private void await(@Nullable Object within, int root, Planned planned, List<Piece.Place> places) {
    if (places.isEmpty()) {
      return;
    }
    List<Set<DeferUsage>> parts = deferral.parts().get(root);
    List<Due> dues = new ArrayList<>(places.size());
    for (Piece.Place place : places) {
      List<Object> path = new ArrayList<>(place.path().size() + 1);
      path.add(planned.key());
      path.addAll(place.path());
      dues.add(new Due(
          new PartKey(root, place.part(), place.path()), parts.get(place.part() - 1), path));
    }
    deliveries.await(within, dues);
  }

  /** Takes a root field of which no part was ever there. */
  void lost(int root, Answer answer) {
    Planned planned = (Planned) operation.roots().get(root);
    OperationRun.errors(
        planned, answer.losses(), answer.failure(), answer.changes(), group(root).errors);
    OperationRun.losses(planned, answer.losses(), losses);
    put(root, value(planned, answer.json(), answer.failure()));
    ready.run();
  }

  private RootGroup group(int root) {
    return Objects.requireNonNull(
        groups.get(deferral.roots().get(root)), "every root field has a group");
  }

  private static byte[] value(
      Planned planned, @Nullable Buffer json, @Nullable FailureClass failure) {
    JsonSink out = new JsonSink(json == null ? 8 : json.length());
    OperationRun.write(planned, json, failure, out);
    return out.toByteArray();
  }

  private void put(int root, byte[] value) {
    RootGroup group = group(root);
    group.values.put(root, value);
    if (group != first && group.isThere()) {
      deliveries.arrived(group, object(group), group.errors);
    }
  }

  private byte[] object(RootGroup group) {
    JsonSink out = new JsonSink(
        64 + group.values.values().stream().mapToInt(value -> value.length + 32).sum());
    out.write('{');
    for (int root : group.roots) {
      if (out.length() > 1) {
        out.write(',');
      }
      out.writeString(operation.roots().get(root).key());
      out.write(':');
      out.write(Objects.requireNonNull(group.values.get(root), "all of the group is there"));
    }
    out.write('}');
    return out.toByteArray();
  }

  /** What was lost so far. */
  List<Loss> losses() {
    return losses;
  }

  /** What can be told now; null where nothing can. */
  @Nullable Payload next() {
    if (isFirstTold) {
      return deliveries.next();
    }
    RootGroup whole = first;
    if (whole == null || !whole.isThere()) {
      return null;
    }
    isFirstTold = true;
    return deliveries.first(object(whole), whole.errors);
  }
}

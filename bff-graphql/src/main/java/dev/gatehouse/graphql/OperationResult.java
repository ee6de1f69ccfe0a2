package dev.gatehouse.graphql;

import dev.gatehouse.graphql.internal.answer.GraphqlError;
import dev.gatehouse.graphql.internal.operation.Operations.Bound;
import dev.gatehouse.runtime.engine.Answer.CallRecord;
import dev.gatehouse.runtime.engine.Answer.Loss;
import dev.gatehouse.runtime.engine.Freshness;
import dev.gatehouse.runtime.json.JsonSink;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What became of one operation.
 *
 * @param label what it is called in meters and logs
 * @param data the JSON of the answer's data; null where the operation was not executed
 * @param losses of all root fields, with the fields' keys before their paths
 * @param freshness what a cache may do with all of it
 * @param extensions the JSON of the answer's extensions; null for none
 */
record OperationResult(
    String label,
    byte @Nullable [] data,
    List<GraphqlError> errors,
    List<Loss> losses,
    List<CallRecord> calls,
    Freshness freshness,
    boolean dependsOnCaller,
    byte @Nullable [] extensions) {

  /** One without extensions. */
  OperationResult(
      String label,
      byte @Nullable [] data,
      List<GraphqlError> errors,
      List<Loss> losses,
      List<CallRecord> calls,
      Freshness freshness,
      boolean dependsOnCaller) {
    this(label, data, errors, losses, calls, freshness, dependsOnCaller, null);
  }

  /** With extensions, which tell of one request only. */
  OperationResult withExtensions(byte[] json) {
    return new OperationResult(
        label, data, errors, losses, calls, Freshness.NO_STORE, dependsOnCaller, json);
  }

  /** One that was not executed. */
  static OperationResult refused(List<GraphqlError> errors) {
    return new OperationResult(
        OpenDoor.nothing(), null, errors, List.of(), List.of(), Freshness.NO_STORE, false);
  }

  /** One whose only field is null. */
  static OperationResult lost(Bound bound, String key, GraphqlError error) {
    JsonSink data = new JsonSink(32);
    data.write('{');
    data.writeString(key);
    data.write(':');
    data.writeNull();
    data.write('}');
    return new OperationResult(
        OpenDoor.label(bound.operation()),
        data.toByteArray(),
        List.of(error),
        List.of(),
        List.of(),
        Freshness.NO_STORE,
        false);
  }

  boolean isExecuted() {
    return data != null;
  }
}

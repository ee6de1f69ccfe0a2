package dev.gatehouse.graphql;

import dev.gatehouse.graphql.internal.operation.CompiledRoot;
import dev.gatehouse.graphql.internal.operation.Cost;
import dev.gatehouse.runtime.engine.Answer.CallRecord;
import dev.gatehouse.runtime.plan.Explanation;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/** What an operation does, could do and did, for whoever develops a client: {@code extensions.explain} of an answer. */
final class OperationExplanation {
  private OperationExplanation() {}

  /**
   * The result with it.
   *
   * @param roots what was run, with the plans that representations of entities were given
   * @param cost what was checked
   */
  static OperationResult explained(List<CompiledRoot> roots, Cost cost, OperationResult result) {
    JsonArray fields = new JsonArray();
    for (CompiledRoot root : roots) {
      if (root instanceof CompiledRoot.Planned planned) {
        Explanation plan = planned.plan().explain();
        fields.add(new JsonObject()
            .put("key", planned.key())
            .put("field", planned.field().root().name())
            .put("plan", plan.json())
            .put("text", plan.text()));
      }
    }
    JsonArray calls = new JsonArray();
    result.calls().forEach(call -> calls.add(call(call)));
    JsonObject explain = new JsonObject()
        .put("maxCalls", bound(cost.calls()))
        .put("maxRows", bound(cost.rows()))
        .put("fields", fields)
        .put("calls", calls);
    return result.withExtensions(
        new JsonObject().put("explain", explain).toBuffer().getBytes());
  }

  private static JsonObject call(CallRecord call) {
    return new JsonObject()
        .put("service", call.service())
        .put("operation", call.operation())
        .put("startMicros", TimeUnit.NANOSECONDS.toMicros(call.startNanos()))
        .put("durationMicros", TimeUnit.NANOSECONDS.toMicros(call.durationNanos()))
        .put("status", call.status())
        .put("keys", call.keys())
        .put("stale", call.stoodIn())
        .put(
            "failure",
            call.failureClass() == null
                ? null
                : call.failureClass().name().toLowerCase(Locale.ROOT));
  }

  private static Object bound(long most) {
    return most == Long.MAX_VALUE ? "unbounded" : (Object) most;
  }
}

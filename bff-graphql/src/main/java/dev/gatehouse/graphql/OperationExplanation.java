package dev.gatehouse.graphql;

import dev.gatehouse.graphql.internal.operation.CompiledOperation;
import dev.gatehouse.graphql.internal.operation.CompiledRoot;
import dev.gatehouse.runtime.engine.Answer.CallRecord;
import dev.gatehouse.runtime.plan.Explanation;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/** What an operation does, could do and did, for whoever develops a client: {@code extensions.explain} of an answer. */
final class OperationExplanation {
  private OperationExplanation() {}

  /** The result with it. */
  static OperationResult explained(CompiledOperation operation, OperationResult result) {
    JsonArray fields = new JsonArray();
    for (CompiledRoot root : operation.roots()) {
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
        .put("maxCalls", bound(operation.cost().calls()))
        .put("maxRows", bound(operation.cost().rows()))
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

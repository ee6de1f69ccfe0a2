package dev.gatehouse.graphql;

import dev.gatehouse.dsl.Caller;
import dev.gatehouse.graphql.internal.answer.ErrorCode;
import dev.gatehouse.graphql.internal.answer.GraphqlError;
import dev.gatehouse.graphql.internal.answer.RequestRefused;
import dev.gatehouse.graphql.internal.operation.CompiledOperation;
import dev.gatehouse.runtime.config.RateSettings;
import dev.gatehouse.runtime.door.DoorContext;
import dev.gatehouse.runtime.limit.CallerBudgets;
import io.vertx.core.http.HttpServerRequest;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Charges callers what their operations could cost, before anything is called. Confined to one event loop. */
final class CallerRate {
  /** The detail of an error that says after how many seconds the operation may be tried again. */
  static final String RETRY_AFTER = "retryAfterSeconds";

  private static final long NANOS_PER_SECOND = TimeUnit.SECONDS.toNanos(1);

  private final RateSettings settings;
  private final @Nullable CallerBudgets budgets;

  CallerRate(DoorContext context) {
    this.settings = context.settings().graphql().rate();
    this.budgets = settings.enabled()
        ? CallerBudgets.of(context.vertx(), context.bff().name(), settings)
        : null;
  }

  /**
   * Charges the most calls that an operation can make, and at least one. Who has no subject is known by the address.
   *
   * @throws RequestRefused where the budget is used up; nothing was charged then
   */
  void charge(HttpServerRequest request, Caller caller, CompiledOperation operation) {
    charge(request, caller, Math.max(1, operation.cost().calls()));
  }

  /**
   * Charges calls that only the request itself shows.
   *
   * @param cost 0 or more
   * @throws RequestRefused where the budget is used up; nothing was charged then
   */
  void charge(HttpServerRequest request, Caller caller, long cost) {
    if (budgets == null || cost == 0) {
      return;
    }
    String subject = caller.subject();
    String who =
        subject == null ? "address " + request.remoteAddress().hostAddress() : "subject " + subject;
    long wait = budgets.charge(who, cost);
    if (wait > 0) {
      long seconds = (wait + NANOS_PER_SECOND - 1) / NANOS_PER_SECOND;
      throw new RequestRefused(List.of(new GraphqlError(
          ErrorCode.RATE_LIMITED,
          "The operation could cost " + cost + " calls, more than is left of the budget of "
              + settings.budget() + " in " + settings.interval().toSeconds()
              + " s. Try again in " + seconds + " s, or select less.",
          List.of(),
          null,
          Map.of(
              "cost",
              cost,
              "budget",
              settings.budget(),
              "intervalSeconds",
              settings.interval().toSeconds(),
              RETRY_AFTER,
              seconds))));
    }
  }
}

package dev.gatehouse.runtime.telemetry;

import java.time.Duration;
import java.util.List;

/** The meters' names and tags. Every tag has few values: names from the BFF's own definition, classes and kinds. */
final class MeterNames {
  /** Time from a request's arrival to the end of its answer. */
  static final String REQUESTS = "gatehouse.requests";
  /** Parts of answers that were lost. */
  static final String LOSSES = "gatehouse.losses";
  /** Requests under way. */
  static final String REQUESTS_ACTIVE = "gatehouse.requests.active";
  /** Requests refused before a door saw them. */
  static final String REQUESTS_REFUSED = "gatehouse.requests.refused";
  /** Subscriptions that are open. */
  static final String SUBSCRIPTIONS_ACTIVE = "gatehouse.subscriptions.active";
  /** Events of subscriptions, sent or dropped. */
  static final String SUBSCRIPTION_EVENTS = "gatehouse.subscriptions.events";
  /** WebSockets that are open. */
  static final String WEBSOCKETS_ACTIVE = "gatehouse.websockets.active";
  /** Time of one call to a service. */
  static final String CALLS = "gatehouse.calls";
  /** Inputs per call: how well batching does. */
  static final String CALL_KEYS = "gatehouse.calls.keys";

  static final String BFF = "bff";
  static final String DOOR = "door";
  static final String ROUTE = "route";
  static final String STATUS = "status";
  static final String SERVICE = "service";
  static final String OPERATION = "operation";
  static final String OUTCOME = "outcome";
  static final String REASON = "reason";

  /** The bounds of the buckets from which percentiles are computed, the same for requests and calls. */
  static final List<Duration> BUCKETS = List.of(
      Duration.ofMillis(5),
      Duration.ofMillis(10),
      Duration.ofMillis(25),
      Duration.ofMillis(50),
      Duration.ofMillis(100),
      Duration.ofMillis(250),
      Duration.ofMillis(500),
      Duration.ofSeconds(1),
      Duration.ofMillis(2500),
      Duration.ofSeconds(5),
      Duration.ofSeconds(10));

  private MeterNames() {}
}

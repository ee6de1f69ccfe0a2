package dev.gatehouse.runtime;

import dev.gatehouse.runtime.door.Problem;
import dev.gatehouse.runtime.telemetry.AccessEntry;
import dev.gatehouse.runtime.telemetry.InstanceMeters;
import dev.gatehouse.runtime.telemetry.InstanceMeters.Refusal;
import dev.gatehouse.runtime.telemetry.Telemetry;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import java.util.List;

/** What clients are told whose requests no door answers. Confined to one event loop. */
final class Refusals {
  private static final Problem NO_ROUTE =
      Problem.of(404, "not_found", "Nothing is here. Check the path.");
  private static final Problem FAILED = Problem.of(500, "internal", null);
  private static final Problem LONG_URI =
      Problem.of(414, "uri_too_long", "The path and query are too long. Send less in them.");
  private static final Problem LARGE_HEADER = Problem.of(
      431,
      "header_too_large",
      "The header fields are too large together. Send fewer or smaller ones.");
  private static final Problem MALFORMED =
      Problem.of(400, "malformed_request", "This is no HTTP request.");
  private static final Problem BUSY = Problem.of(
          503, "busy", "Too many requests are under way. Try again.")
      .withHeader("retry-after", "1");
  private static final Problem DRAINING = Problem.of(
          503, "stopping", "This server is stopping. Try again.")
      .withHeader("retry-after", "1");
  private static final Problem DRAINING_AND_CLOSE = DRAINING.withHeader("connection", "close");

  private final InstanceMeters meters;
  private final Telemetry telemetry;

  Refusals(InstanceMeters meters, Telemetry telemetry) {
    this.meters = meters;
    this.telemetry = telemetry;
  }

  void noRoute(HttpServerRequest request) {
    refuse(request, NO_ROUTE, Refusal.NO_ROUTE);
  }

  void busy(HttpServerRequest request) {
    refuse(request, BUSY, Refusal.BUSY);
  }

  void longUri(HttpServerRequest request) {
    refuse(request, LONG_URI, Refusal.MALFORMED);
  }

  void draining(HttpServerRequest request) {
    refuse(
        request,
        request.version() == HttpVersion.HTTP_2 ? DRAINING : DRAINING_AND_CLOSE,
        Refusal.DRAINING);
  }

  /** A door failed; what it had begun to say is cut off. */
  void failed(HttpServerRequest request) {
    if (request.response().headWritten()) {
      request.response().reset();
    } else {
      answer(request, FAILED);
    }
  }

  /** What the decoder could not read; nothing after it on the connection can be understood. */
  void invalid(HttpServerRequest request) {
    Throwable cause = request.decoderResult().cause();
    Problem problem = cause instanceof TooLongHttpLineException
        ? LONG_URI
        : cause instanceof TooLongHttpHeaderException ? LARGE_HEADER : MALFORMED;
    refuse(request, problem, Refusal.MALFORMED);
    request.connection().close();
  }

  private void refuse(HttpServerRequest request, Problem problem, Refusal reason) {
    meters.refused(reason);
    answer(request, problem);
  }

  private void answer(HttpServerRequest request, Problem problem) {
    problem.answer(request);
    telemetry.ended(
        new AccessEntry(request.method().name(), "-", problem.status(), 0, 0, 0, List.of(), false),
        telemetry.begin(request));
  }
}

package dev.gatehouse.runtime.mesh.route;

import dev.gatehouse.runtime.mesh.layer.LayerContext;
import dev.gatehouse.runtime.policy.RoutePolicy.Mirror;
import dev.gatehouse.runtime.upstream.FailureClass;
import dev.gatehouse.runtime.upstream.UpstreamException;
import dev.gatehouse.runtime.upstream.UpstreamRequest;
import dev.gatehouse.runtime.upstream.UpstreamRequest.Header;
import dev.gatehouse.runtime.upstream.UpstreamResponse;
import io.micrometer.core.instrument.Counter;
import io.netty.util.AsciiString;
import io.vertx.core.Completable;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Sends copies of calls. What becomes of them, nobody learns but the meters. */
final class Copies {
  /** Tells a service that nobody reads its answer. */
  private static final Header MARK = new Header(AsciiString.cached("gatehouse-mirror"), "true");

  private final LayerContext context;
  private final Set<UpstreamRequest> underWay = new LinkedHashSet<>();
  private final Counter answered;
  private final Counter failed;
  private final Counter dropped;

  Copies(LayerContext context) {
    this.context = context;
    this.answered = counter("answered");
    this.failed = counter("failed");
    this.dropped = counter("dropped");
  }

  private Counter counter(String outcome) {
    return Counter.builder("gatehouse.mesh.mirrored")
        .description("Copies of calls, by what became of them; dropped ones were not sent")
        .tags(context.tags())
        .tag("outcome", outcome)
        .register(context.meters());
  }

  int underWay() {
    return underWay.size();
  }

  /**
   * Sends a copy, if the call is one of those that have one.
   *
   * @param uri as it was before any rule looked at it
   */
  void mirror(Mirror mirror, Leg leg, UpstreamRequest call, String uri) {
    if ((!mirror.unsafe() && !call.operation().isSafe())
        || context.random().nextDouble() * 100 >= mirror.percent()) {
      return;
    }
    if (underWay.size() >= mirror.concurrency()) {
      dropped.increment();
      return;
    }
    List<Header> headers = new ArrayList<>(call.headers());
    headers.add(MARK);
    UpstreamRequest copy = new UpstreamRequest(
        call.operation(),
        call.method(),
        uri,
        headers,
        call.body(),
        System.nanoTime() + mirror.timeout().toNanos(),
        call.origin());
    copy.spare();
    copy.replays(unprocessed -> false); // a copy more or less is worth no further call
    underWay.add(copy);
    leg.copy(copy).onComplete(new Ended(copy));
  }

  void close() {
    List.copyOf(underWay)
        .forEach(copy -> copy.cancel(
            new UpstreamException(FailureClass.CANCELLED, context.service() + ": closed")));
  }

  private final class Ended implements Completable<UpstreamResponse> {
    private final UpstreamRequest copy;

    Ended(UpstreamRequest copy) {
      this.copy = copy;
    }

    @Override
    public void complete(@Nullable UpstreamResponse response, @Nullable Throwable failure) {
      underWay.remove(copy);
      (response == null ? failed : answered).increment();
    }
  }
}

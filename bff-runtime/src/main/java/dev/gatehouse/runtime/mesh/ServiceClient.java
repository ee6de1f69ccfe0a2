package dev.gatehouse.runtime.mesh;

import dev.gatehouse.dsl.graph.EventSpec.ServiceOrigin;
import dev.gatehouse.dsl.graph.OperationSpec;
import dev.gatehouse.runtime.discovery.ServiceEndpoints;
import dev.gatehouse.runtime.live.Live;
import dev.gatehouse.runtime.mesh.balance.BalancedCalls;
import dev.gatehouse.runtime.mesh.breaker.Breaker;
import dev.gatehouse.runtime.mesh.cache.AnswerStore;
import dev.gatehouse.runtime.mesh.cache.Caching;
import dev.gatehouse.runtime.mesh.cache.OuterStore;
import dev.gatehouse.runtime.mesh.fault.Faults;
import dev.gatehouse.runtime.mesh.layer.LayerContext;
import dev.gatehouse.runtime.mesh.limit.Limits;
import dev.gatehouse.runtime.mesh.retry.Retries;
import dev.gatehouse.runtime.mesh.route.Destination;
import dev.gatehouse.runtime.mesh.route.Routes;
import dev.gatehouse.runtime.mesh.trace.TracedCalls;
import dev.gatehouse.runtime.policy.ServicePolicy;
import dev.gatehouse.runtime.upstream.EndpointClients;
import dev.gatehouse.runtime.upstream.FailureClass;
import dev.gatehouse.runtime.upstream.ServiceSettings;
import dev.gatehouse.runtime.upstream.Upstream;
import dev.gatehouse.runtime.upstream.UpstreamException;
import dev.gatehouse.runtime.upstream.UpstreamRequest;
import dev.gatehouse.runtime.upstream.UpstreamRequest.Header;
import dev.gatehouse.runtime.upstream.UpstreamResponse;
import dev.gatehouse.runtime.upstream.UpstreamStream;
import dev.gatehouse.runtime.upstream.UpstreamStreams;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.trace.TracerProvider;
import io.vertx.core.Completable;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** One service: the chain of its layers. */
final class ServiceClient implements Upstream, Completable<UpstreamResponse> {
  private final String service;
  private final ServiceSettings settings;
  private final EndpointClients clients;
  private final BalancedCalls balanced;
  private final Upstream endpoints;
  private final Upstream routed;
  private final Routes first;
  private final Live<ServicePolicy> policy;
  private int underWay;
  private boolean closing;
  private @Nullable Promise<Void> closed;

  ServiceClient(
      ServiceEndpoints told,
      EndpointClients clients,
      ServiceSettings settings,
      Live<ServicePolicy> policy,
      LayerContext context,
      OpenTelemetry openTelemetry,
      Function<String, @Nullable Destination> others,
      AnswerStore answers,
      @Nullable OuterStore outer) {
    this.service = told.service();
    this.settings = settings;
    this.clients = clients;
    this.policy = policy;
    this.balanced = new BalancedCalls(told, clients, this.policy, context);
    boolean traced = openTelemetry.getTracerProvider() != TracerProvider.noop();
    this.endpoints = traced ? new TracedCalls(balanced, service, openTelemetry) : balanced;
    this.routed = chain(endpoints, this.policy, context, answers, outer);
    this.first =
        new Routes(routed, routing(), others, this.policy.part(ServicePolicy::route), context);
  }

  /** The service as others' rules, and its own, send calls to it. */
  Destination routing() {
    return new Destination() {
      @Override
      public Future<UpstreamResponse> send(UpstreamRequest request) {
        return through(routed, request);
      }

      @Override
      public void explain(UpstreamRequest request, JsonObject into) {
        routed.explain(request, into);
      }

      @Override
      public Future<UpstreamResponse> copy(UpstreamRequest request) {
        return through(endpoints, request);
      }
    };
  }

  /** Sends a call of another service's, or one of the service's own that is sent once more after that failed. */
  private Future<UpstreamResponse> through(Upstream layer, UpstreamRequest request) {
    if (closed != null && closing) {
      return refused(request, FailureClass.REFUSED, "not sent, the client is closed");
    }
    underWay++;
    return layer.send(request).onComplete(this);
  }

  /** The order of the layers below routing, from the innermost to the outermost; each one's calls are what the one above it sends. */
  private static Upstream chain(
      Upstream endpoints,
      Live<ServicePolicy> policy,
      LayerContext context,
      AnswerStore answers,
      @Nullable OuterStore outer) {
    Upstream layer = endpoints;
    layer = new Retries(
        layer, policy.part(ServicePolicy::retry), policy.part(ServicePolicy::hedge), context);
    layer = new Breaker(layer, policy.part(ServicePolicy::breaker), context);
    layer = new Limits(layer, policy.part(ServicePolicy::limit), context);
    layer = new Faults(layer, policy.part(ServicePolicy::fault), context, InstantSource.system());
    layer = new Caching(
        layer,
        policy.part(ServicePolicy::cache),
        policy.part(ServicePolicy::fault),
        context,
        answers,
        outer,
        InstantSource.system());
    return layer;
  }

  /** Treats its calls by another policy from now on. */
  void follow(ServicePolicy changed) {
    policy.set(SidecarShape.policy(settings, changed));
  }

  @Override
  public Future<UpstreamResponse> send(UpstreamRequest request) {
    if (closed != null) {
      return refused(request, FailureClass.REFUSED, "not sent, the client is closed");
    }
    long now = System.nanoTime();
    if (request.deadlineNanos() - now <= 0) {
      return refused(request, FailureClass.TIMED_OUT, "not sent, the deadline has passed");
    }
    Duration own = request.operation().timeout();
    long full = (own == null ? settings.requestTimeout() : own).toNanos();
    if (own == null) {
      request.endBy(now + full);
    }
    request.enough(full / 2);
    underWay++;
    return first.send(request).onComplete(this);
  }

  /** A call has ended. */
  @Override
  public void complete(@Nullable UpstreamResponse response, @Nullable Throwable failure) {
    underWay--;
    closeWhenDone();
  }

  /** As {@link UpstreamStreams#open}. */
  UpstreamStream open(
      Vertx vertx,
      ServiceOrigin origin,
      String uri,
      List<Header> headers,
      UpstreamStream.Reader reader) {
    UpstreamStream stream = closed == null ? balanced.open(origin, uri, headers, reader) : null;
    if (stream != null) {
      return stream;
    }
    NotOpened none = new NotOpened();
    String why = closed == null ? "no endpoint is known" : "the client is closed";
    vertx.runOnContext(later -> none.tell(
        reader, exception(origin.operation(), FailureClass.REFUSED, "not opened, " + why)));
    return none;
  }

  int maxEventBytes() {
    return settings.maxResponseBytes();
  }

  BalancedCalls balanced() {
    return balanced;
  }

  @Override
  public void explain(UpstreamRequest request, JsonObject into) {
    first.explain(request, into);
  }

  @Override
  public void describe(JsonObject into) {
    into.put("shape", settings.isBehindSidecar() ? "sidecar" : "direct");
    first.describe(into);
  }

  /** Calls that wait somewhere in the layers are still to be sent, so the layers are closed once all have ended. */
  @Override
  public Future<Void> close() {
    Promise<Void> result = closed;
    if (result == null) {
      result = Promise.promise();
      closed = result;
      first
          .endCopies(); // which count among the calls under way where they go to the service itself
      closeWhenDone();
    }
    return result.future();
  }

  private void closeWhenDone() {
    Promise<Void> result = closed;
    if (result != null && underWay == 0 && !closing) {
      closing = true;
      first.close().eventually(clients::close).onComplete(result);
    }
  }

  private Future<UpstreamResponse> refused(
      UpstreamRequest request, FailureClass failureClass, String why) {
    return Future.failedFuture(exception(request.operation(), failureClass, why));
  }

  private UpstreamException exception(
      OperationSpec operation, FailureClass failureClass, String why) {
    return new UpstreamException(
        failureClass, service + ": " + operation.name() + ": " + why, 0, null, true);
  }

  /** Stands for a stream that ends before it begins. */
  private static final class NotOpened implements UpstreamStream {
    private boolean closed;

    void tell(Reader reader, UpstreamException why) {
      if (!closed) {
        reader.ended(why);
      }
    }

    @Override
    public void pause() {}

    @Override
    public void resume() {}

    @Override
    public void close() {
      closed = true;
    }
  }
}

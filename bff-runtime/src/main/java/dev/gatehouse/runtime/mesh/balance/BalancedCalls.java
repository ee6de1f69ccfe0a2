package dev.gatehouse.runtime.mesh.balance;

import dev.gatehouse.dsl.graph.EventSpec.ServiceOrigin;
import dev.gatehouse.runtime.discovery.ServiceEndpoints;
import dev.gatehouse.runtime.live.Live;
import dev.gatehouse.runtime.mesh.layer.LayerContext;
import dev.gatehouse.runtime.mesh.layer.UsualTime;
import dev.gatehouse.runtime.policy.BalancePolicy;
import dev.gatehouse.runtime.policy.OutlierPolicy;
import dev.gatehouse.runtime.policy.ServicePolicy;
import dev.gatehouse.runtime.upstream.EndpointClient;
import dev.gatehouse.runtime.upstream.EndpointClients;
import dev.gatehouse.runtime.upstream.FailureClass;
import dev.gatehouse.runtime.upstream.Upstream;
import dev.gatehouse.runtime.upstream.UpstreamException;
import dev.gatehouse.runtime.upstream.UpstreamRequest;
import dev.gatehouse.runtime.upstream.UpstreamRequest.Header;
import dev.gatehouse.runtime.upstream.UpstreamResponse;
import dev.gatehouse.runtime.upstream.UpstreamStream;
import io.vertx.core.Completable;
import io.vertx.core.Future;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The innermost layer: chooses an instance for each attempt, sends it there, and learns from what comes of it. */
public final class BalancedCalls implements Upstream {
  private final String service;
  private final LayerContext context;
  private final Instances instances;
  private final BalanceMeters meters;
  private final Outliers outliers;
  private final Balancer balancer;
  private final HealthChecks checks;
  private final UsualTime usual = new UsualTime();
  private final Live<BalancePolicy> policy;
  private final Live<OutlierPolicy> outlier;

  /**
   * @param told where the service is
   * @param clients makes the clients of its endpoints, and is closed by whoever made it
   */
  public BalancedCalls(
      ServiceEndpoints told,
      EndpointClients clients,
      Live<ServicePolicy> policies,
      LayerContext context) {
    this.service = told.service();
    this.context = context;
    this.policy = policies.part(ServicePolicy::balance);
    this.outlier = policies.part(ServicePolicy::outlier);
    this.meters = new BalanceMeters(context);
    this.instances = new Instances(told, clients, context.clock());
    this.outliers = new Outliers(service, instances, meters);
    this.balancer = new Balancer(instances, outliers, meters, policy, outlier, context);
    this.checks =
        new HealthChecks(instances, meters, policies.part(ServicePolicy::healthCheck), context);
    meters.known(instances.current().size());
  }

  @Override
  public Future<UpstreamResponse> send(UpstreamRequest request) {
    long now = context.clock().getAsLong();
    Instance chosen = balancer.choose(request, now);
    meters.known(instances.current().size());
    if (chosen == null) {
      return Future.failedFuture(new UpstreamException(
          FailureClass.REFUSED,
          service + ": " + request.operation().name() + ": not sent, " + nobody(request),
          0,
          null,
          true));
    }
    request.endpoint(chosen.endpoint());
    request.sentAt(now, usual.nanos());
    return chosen.client().send(request).onComplete(new Call(chosen, now, request.isSpared()));
  }

  private String nobody(UpstreamRequest request) {
    return instances.current().isEmpty()
        ? "no endpoint is known"
        : request.route().subset().isEmpty()
            ? "none of " + instances.current().size() + " instances takes calls"
            : "no instance has the labels " + request.route().subset();
  }

  /** A call under way. */
  private final class Call implements Completable<UpstreamResponse> {
    private final Instance instance;
    private final long start;
    private final boolean spared;

    Call(Instance instance, long start, boolean spared) {
      this.instance = instance;
      this.start = start;
      this.spared = spared;
      instance.active++;
    }

    @Override
    public void complete(@Nullable UpstreamResponse response, @Nullable Throwable failure) {
      instance.active--;
      if (spared) {
        return;
      }
      boolean failed;
      if (response != null) {
        failed = response.status() >= 500;
      } else {
        FailureClass why = failure instanceof UpstreamException known && !known.isHasty()
            ? known.failureClass()
            : FailureClass.INTERNAL;
        switch (why) {
          case REFUSED, CANCELLED, INTERNAL -> {
            return; // it says nothing about the instance
          }
          default -> failed = true;
        }
      }
      long now = context.clock().getAsLong();
      if (failed) {
        instance.failed(now - start, now);
      } else {
        instance.answered(now - start, now);
        usual.took(now - start);
      }
      outliers.seen(instance, failed, outlier.get(), now);
    }
  }

  /**
   * Opens a stream at one of the instances.
   *
   * @return null where there is none
   */
  public @Nullable UpstreamStream open(
      ServiceOrigin origin, String uri, List<Header> headers, UpstreamStream.Reader reader) {
    UpstreamRequest asked =
        new UpstreamRequest(origin.operation(), HttpMethod.GET, uri, headers, null, Long.MAX_VALUE);
    Instance chosen = balancer.choose(asked, context.clock().getAsLong());
    return chosen == null ? null : chosen.client().open(origin, uri, headers, reader);
  }

  /** The clients of all instances. */
  public List<EndpointClient> clients() {
    return instances.current().stream().map(Instance::client).toList();
  }

  /** The clients of instances that are gone, as long as they carry calls. */
  public List<EndpointClient> draining() {
    return instances.draining();
  }

  @Override
  public void describe(JsonObject into) {
    InstancesReport.describe(instances, policy.get(), context.clock().getAsLong(), into);
  }

  @Override
  public void explain(UpstreamRequest request, JsonObject into) {
    InstancesReport.explain(
        balancer, instances, request, policy.get(), context.clock().getAsLong(), into);
  }

  @Override
  public Future<Void> close() {
    checks.close();
    outliers.close();
    return instances.close().onComplete(done -> meters.known(0));
  }
}

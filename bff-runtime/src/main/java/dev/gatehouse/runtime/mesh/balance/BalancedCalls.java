package dev.gatehouse.runtime.mesh.balance;

import dev.gatehouse.dsl.graph.EventSpec.ServiceOrigin;
import dev.gatehouse.runtime.discovery.Endpoint;
import dev.gatehouse.runtime.discovery.ServiceEndpoints;
import dev.gatehouse.runtime.live.Live;
import dev.gatehouse.runtime.mesh.layer.LayerContext;
import dev.gatehouse.runtime.policy.BalancePolicy;
import dev.gatehouse.runtime.upstream.EndpointClient;
import dev.gatehouse.runtime.upstream.EndpointClients;
import dev.gatehouse.runtime.upstream.FailureClass;
import dev.gatehouse.runtime.upstream.Upstream;
import dev.gatehouse.runtime.upstream.UpstreamException;
import dev.gatehouse.runtime.upstream.UpstreamRequest;
import dev.gatehouse.runtime.upstream.UpstreamRequest.Header;
import dev.gatehouse.runtime.upstream.UpstreamResponse;
import dev.gatehouse.runtime.upstream.UpstreamStream;
import io.vertx.core.Future;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The innermost layer: chooses an instance for each attempt and sends it there. */
public final class BalancedCalls implements Upstream {
  private final String service;
  private final Instances instances;
  private final RoundRobin turns = new RoundRobin();

  /**
   * @param told where the service is
   * @param clients makes the clients of its endpoints, and is closed by whoever made it
   */
  public BalancedCalls(
      ServiceEndpoints told,
      EndpointClients clients,
      Live<BalancePolicy> policy,
      LayerContext context) {
    this.service = told.service();
    this.instances = new Instances(told, clients);
  }

  @Override
  public Future<UpstreamResponse> send(UpstreamRequest request) {
    Instance chosen = choose(request.avoided());
    if (chosen == null) {
      return Future.failedFuture(new UpstreamException(
          FailureClass.REFUSED,
          service + ": " + request.operation().name() + ": not sent, no endpoint is known"));
    }
    request.endpoint(chosen.endpoint());
    return chosen.client().send(request);
  }

  /**
   * Opens a stream at one of the instances.
   *
   * @return null where there is none
   */
  public @Nullable UpstreamStream open(
      ServiceOrigin origin, String uri, List<Header> headers, UpstreamStream.Reader reader) {
    Instance chosen = choose(List.of());
    return chosen == null ? null : chosen.client().open(origin, uri, headers, reader);
  }

  private @Nullable Instance choose(List<Endpoint> avoided) {
    List<Instance> current = instances.current();
    Instance chosen = null;
    for (int tried = 0; tried < current.size(); tried++) {
      chosen = current.get(turns.select(current.size()));
      if (!avoided.contains(chosen.endpoint())) {
        break;
      }
    }
    return chosen;
  }

  /** The clients of the instances that take calls, in their order. */
  public List<EndpointClient> clients() {
    return instances.current().stream().map(Instance::client).toList();
  }

  /** The clients of instances that are gone, as long as they carry calls. */
  public List<EndpointClient> draining() {
    return instances.draining();
  }

  @Override
  public Future<Void> close() {
    return instances.close();
  }
}

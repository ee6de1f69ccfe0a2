package dev.gatehouse.runtime.mesh.balance;

import dev.gatehouse.dsl.graph.EventSpec.ServiceOrigin;
import dev.gatehouse.runtime.discovery.Endpoint;
import dev.gatehouse.runtime.discovery.ServiceInstance;
import dev.gatehouse.runtime.discovery.ServiceInstance.State;
import dev.gatehouse.runtime.upstream.EndpointClient;
import dev.gatehouse.runtime.upstream.EndpointClients;
import dev.gatehouse.runtime.upstream.UpstreamRequest;
import dev.gatehouse.runtime.upstream.UpstreamRequest.Header;
import dev.gatehouse.runtime.upstream.UpstreamResponse;
import dev.gatehouse.runtime.upstream.UpstreamStream;
import io.vertx.core.Future;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.IntStream;

/** Instances as tests need them, without a network. */
final class ShopInstances {
  private ShopInstances() {}

  static Instance instance(int number) {
    return instance(number, 1);
  }

  static Instance instance(int number, int weight) {
    return new Instance(told(number, weight, "", Map.of(), State.READY), NONE);
  }

  static List<Instance> instances(int count) {
    return IntStream.range(0, count).mapToObj(ShopInstances::instance).toList();
  }

  static ServiceInstance told(
      int number, int weight, String zone, Map<String, String> labels, State state) {
    return new ServiceInstance(endpoint(number), weight, zone, labels, state);
  }

  static Endpoint endpoint(int number) {
    return Endpoint.parse("http://10.0." + number / 250 + "." + number % 250 + ":8080");
  }

  /** For instances that are chosen and never called. */
  static final EndpointClients NONE = clients(request -> Future.failedFuture("not to be called"));

  /** Every call is answered by a function of where it goes. */
  static EndpointClients clients(Function<UpstreamRequest, Future<UpstreamResponse>> answer) {
    return of(endpoint -> new Client(endpoint, answer));
  }

  /** Every call is answered by a function of the instance, whoever asks. */
  static EndpointClients clientsByEndpoint(Function<Endpoint, Future<UpstreamResponse>> answer) {
    return of(endpoint -> new Client(endpoint, request -> answer.apply(endpoint)));
  }

  private static EndpointClients of(Function<Endpoint, EndpointClient> client) {
    return new EndpointClients() {
      @Override
      public EndpointClient client(Endpoint endpoint) {
        return client.apply(endpoint);
      }

      @Override
      public Future<Void> close() {
        return Future.succeededFuture();
      }
    };
  }

  private record Client(
      Endpoint endpoint, Function<UpstreamRequest, Future<UpstreamResponse>> answer)
      implements EndpointClient {
    @Override
    public Future<UpstreamResponse> send(UpstreamRequest request) {
      return answer.apply(request);
    }

    @Override
    public UpstreamStream open(
        ServiceOrigin origin, String uri, List<Header> headers, UpstreamStream.Reader reader) {
      throw new UnsupportedOperationException("streams are not balanced here");
    }

    @Override
    public Future<Void> drain() {
      return Future.succeededFuture();
    }
  }
}

package dev.gatehouse.runtime.mesh.balance;

import dev.gatehouse.runtime.discovery.Endpoint;
import dev.gatehouse.runtime.discovery.ServiceEndpoints;
import dev.gatehouse.runtime.discovery.ServiceInstance;
import dev.gatehouse.runtime.discovery.ServiceInstance.State;
import dev.gatehouse.runtime.upstream.EndpointClient;
import dev.gatehouse.runtime.upstream.EndpointClients;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The instances of one service, kept in step with what discovery tells. One that is gone gets no new call and drains. */
final class Instances {
  private final ServiceEndpoints told;
  private final EndpointClients clients;
  private Map<Endpoint, Instance> known = Map.of();
  private List<Instance> current = List.of();
  private final List<Instance> draining = new ArrayList<>();
  private boolean closed;

  Instances(ServiceEndpoints told, EndpointClients clients) {
    this.told = told;
    this.clients = clients;
    told.onChange(change -> follow());
    follow();
  }

  /** Those that discovery tells of and that take calls; the same list until something changes. */
  List<Instance> current() {
    return current;
  }

  /** The clients of those that are gone, as long as they carry calls. */
  List<EndpointClient> draining() {
    return draining.stream().map(Instance::client).toList();
  }

  /** Lets all calls end. */
  Future<Void> close() {
    closed = true;
    known.values().forEach(this::leave);
    known = Map.of();
    current = List.of();
    return Future.join(draining.stream().map(Instance::drain).toList()).mapEmpty();
  }

  private void follow() {
    if (closed) {
      return;
    }
    Map<Endpoint, Instance> gone = new HashMap<>(known);
    Map<Endpoint, Instance> next = new HashMap<>();
    List<Instance> order = new ArrayList<>(told.current().size());
    for (ServiceInstance instance : told.current()) {
      Instance kept = gone.remove(instance.endpoint());
      if (kept == null) {
        kept = new Instance(instance, clients);
      } else {
        kept.told(instance);
      }
      next.put(instance.endpoint(), kept);
      order.add(kept);
    }
    known = next;
    current = callable(order);
    gone.values().forEach(this::leave);
  }

  /** Those that take calls; where there are none, those that are going away. */
  private static List<Instance> callable(List<Instance> all) {
    List<Instance> ready = all.stream()
        .filter(each -> each.told().state() == State.READY && each.told().weight() > 0)
        .toList();
    return ready.isEmpty()
        ? all.stream().filter(each -> each.told().state() == State.DRAINING).toList()
        : ready;
  }

  private void leave(Instance instance) {
    draining.add(instance);
    instance.drain().onComplete(done -> draining.remove(instance));
  }
}

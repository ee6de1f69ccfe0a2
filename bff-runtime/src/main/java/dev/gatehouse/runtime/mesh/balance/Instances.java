package dev.gatehouse.runtime.mesh.balance;

import dev.gatehouse.runtime.discovery.Endpoint;
import dev.gatehouse.runtime.discovery.ServiceEndpoints;
import dev.gatehouse.runtime.discovery.ServiceEndpoints.Change;
import dev.gatehouse.runtime.discovery.ServiceInstance;
import dev.gatehouse.runtime.upstream.EndpointClient;
import dev.gatehouse.runtime.upstream.EndpointClients;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;

/** The instances of one service, kept in step with what discovery tells. One that is gone gets no new call and drains. */
final class Instances {
  private final EndpointClients clients;
  private final LongSupplier clock;
  private final Map<Endpoint, Instance> known = new HashMap<>();
  private final List<Instance> current = new ArrayList<>();
  private final List<Instance> draining = new ArrayList<>();
  private long version;
  private boolean closed;

  Instances(ServiceEndpoints told, EndpointClients clients, LongSupplier clock) {
    this.clients = clients;
    this.clock = clock;
    told.onChange(this::follow);
    told.current().forEach(this::put);
    current.forEach(instance -> instance.startedAt = Long.MIN_VALUE);
    version = 1;
  }

  /** Those that discovery tells of, in no order; a view. */
  List<Instance> current() {
    return Collections.unmodifiableList(current);
  }

  /** Goes up whenever an instance comes, goes, or may be called or not be called any more. */
  long version() {
    return version;
  }

  /** What calls or checks have shown of an instance has changed. */
  void changed() {
    version++;
  }

  /** The clients of those that are gone, as long as they carry calls. */
  List<EndpointClient> draining() {
    return draining.stream().map(Instance::client).toList();
  }

  /** Lets all calls end. */
  Future<Void> close() {
    closed = true;
    current.forEach(this::leave);
    current.clear();
    known.clear();
    version++;
    return Future.join(List.copyOf(draining).stream().map(Instance::drain).toList())
        .mapEmpty();
  }

  private void follow(Change change) {
    if (closed) {
      return;
    }
    change.gone().forEach(this::remove);
    change.put().forEach(this::put);
    version++;
  }

  private void put(ServiceInstance one) {
    Instance instance = known.get(one.endpoint());
    if (instance != null) {
      instance.told(one);
      return;
    }
    instance = new Instance(one, clients);
    instance.startedAt = clock.getAsLong();
    instance.index = current.size();
    current.add(instance);
    known.put(one.endpoint(), instance);
  }

  private void remove(Endpoint endpoint) {
    Instance instance = known.remove(endpoint);
    if (instance == null) {
      return;
    }
    Instance last = current.remove(current.size() - 1);
    if (last != instance) {
      current.set(instance.index, last);
      last.index = instance.index;
    }
    leave(instance);
  }

  private void leave(Instance instance) {
    instance.gone = true;
    draining.add(instance);
    instance.drain().onComplete(done -> draining.remove(instance));
  }
}

package dev.gatehouse.runtime.discovery;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** A service whose instances a test tells of. */
public final class TestEndpoints {
  private static final String SCOPE = "test";

  private final ServiceEndpoints endpoints;

  public TestEndpoints(String service) {
    endpoints = new ServiceEndpoints(service, () -> SourceState.STATIC);
  }

  public ServiceEndpoints endpoints() {
    return endpoints;
  }

  /** These and no others. */
  public void tell(ServiceInstance... instances) {
    Set<Endpoint> gone = new HashSet<>();
    endpoints.current().forEach(one -> gone.add(one.endpoint()));
    for (ServiceInstance one : List.of(instances)) {
      gone.remove(one.endpoint());
      endpoints.put(SCOPE, one);
    }
    gone.forEach(one -> endpoints.remove(SCOPE, one));
    endpoints.flush();
  }
}

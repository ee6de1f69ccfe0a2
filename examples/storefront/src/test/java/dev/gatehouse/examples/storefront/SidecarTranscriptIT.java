package dev.gatehouse.examples.storefront;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.examples.storefront.services.DemoService;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/** With a proxy between the BFFs and the services, in the place of a mesh's sidecar. */
class SidecarTranscriptIT extends Transcript {
  /** The column {@code stot} of HAProxy's table. */
  private static final int REQUESTS = 7;

  @Override
  RunningStorefront start() throws Exception {
    Assumptions.assumeTrue(
        Sidecar.isInstalled(), "SKIPPED: no haproxy on this machine (apt-get install haproxy)");
    return RunningStorefront.startBehindSidecar();
  }

  /** The proxy's own count: without it, the same transcript would pass where calls went past the proxy. */
  @Test
  @Order(2)
  void theCallsToEachServiceWentThroughTheProxy() throws Exception {
    String table = storefront().shell("curl -s 'http://127.0.0.1:15001/__sidecar;csv'");

    Map<String, Integer> requests = table
        .lines()
        .map(line -> line.split(",", -1))
        .filter(row -> row.length > REQUESTS && row[1].equals("BACKEND"))
        .collect(Collectors.toMap(row -> row[0], row -> Integer.valueOf(row[REQUESTS])));
    assertThat(requests)
        .as(table)
        .containsKeys(
            Arrays.stream(DemoService.values()).map(DemoService::label).toArray(String[]::new));
    assertThat(requests.get("unknown"))
        .as("calls to services that the proxy does not know")
        .isZero();
    requests.remove("unknown");
    assertThat(requests.values()).as(table).allMatch(count -> count > 0);
  }
}

package dev.gatehouse.runtime.mesh.route;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.runtime.mesh.MeshCaller;
import dev.gatehouse.runtime.mesh.layer.LayerLoop;
import dev.gatehouse.runtime.policy.RoutePolicy;
import dev.gatehouse.runtime.settings.RoutesJson;
import io.micrometer.core.instrument.Counter;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** However often rules change, there are no more counters than rules. */
class RuleMetersTest {
  private final MeshCaller caller = new MeshCaller();

  @AfterEach
  void close() {
    caller.close();
  }

  private void put(String... names) {
    JsonArray rules = new JsonArray();
    Arrays.stream(names)
        .forEach(name -> rules.add(new JsonObject()
            .put("name", name)
            .put("split", new JsonArray().add(new JsonObject().put("weight", 1)))));
    RoutesJson reader = new RoutesJson("pricing");
    RoutePolicy policy = reader.read(rules);
    assertThat(reader.problems()).isEmpty();
    caller.policies().update("pricing", before -> before.withRoute(policy));
  }

  private List<String> counted() {
    return caller.meters().find("gatehouse.mesh.routed").counters().stream()
        .map(counter -> counter.getId().getTag("rule"))
        .sorted()
        .toList();
  }

  @Test
  void aThousandNamesLeaveOneCounter() {
    caller.serve("pricing", request -> request.response().end());
    caller.open();
    for (int i = 0; i < 1000; i++) {
      put("canary-" + i);
      if (i % 10 == 0) {
        caller.text("pricing", LayerLoop.safe());
        assertThat(counted()).containsExactly("canary-" + i);
      }
    }
    caller.text("pricing", LayerLoop.safe());
    assertThat(counted()).containsExactly("canary-999");

    caller.policies().update("pricing", before -> before.withRoute(RoutePolicy.OFF));
    caller.text("pricing", LayerLoop.safe());
    assertThat(counted()).isEmpty();
  }

  @Test
  void aRuleThatStaysKeepsItsCount() {
    caller.serve("pricing", request -> request.response().end());
    caller.open();
    put("stays", "goes");
    caller.text("pricing", LayerLoop.safe());
    Counter before =
        caller.meters().get("gatehouse.mesh.routed").tag("rule", "stays").counter();

    put("stays");
    caller.text("pricing", LayerLoop.safe());

    assertThat(counted()).containsExactly("stays");
    assertThat(before.count()).isEqualTo(2);
  }
}

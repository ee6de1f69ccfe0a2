package dev.gatehouse.runtime.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.runtime.config.MeshSettings.TraceHeaders;
import dev.gatehouse.runtime.config.Shape;
import dev.gatehouse.runtime.upstream.ServiceSettings;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.Test;

/** How the shape and what calls carry on are configured. */
class MeshKeysTest {

  private static GatehouseSettings read(JsonObject tree) {
    return SettingsLoader.ofDeployment(tree, "web");
  }

  @Test
  void oneLinePicksTheShapeOfAllServices() {
    GatehouseSettings settings = read(new JsonObject()
        .put("mesh", new JsonObject().put("shape", "sidecar"))
        .put(
            "services",
            new JsonObject().put("catalog", new JsonObject().put("endpoints", "http://catalog"))));

    assertThat(settings.bff("web").mesh().shape()).isEqualTo(Shape.SIDECAR);
    assertThat(settings.bff("unheard-of").mesh().shape()).isEqualTo(Shape.SIDECAR);
    ServiceSettings catalog = settings.services().get("catalog");
    assertThat(catalog.orInShape(Shape.SIDECAR).shape()).isEqualTo(Shape.SIDECAR);
  }

  @Test
  void aBffAndAServiceMaySayOtherwise() {
    GatehouseSettings settings = read(new JsonObject()
        .put(
            "mesh",
            new JsonObject()
                .put("propagate", "x-canary")
                .put("trace-headers", new JsonArray().add("w3c").add("b3-multi")))
        .put(
            "bffs",
            new JsonObject()
                .put(
                    "web",
                    new JsonObject()
                        .put(
                            "mesh",
                            new JsonObject()
                                .put("shape", "sidecar")
                                .put("propagate", new JsonArray().add("End-User")))))
        .put(
            "services",
            new JsonObject()
                .put(
                    "payments",
                    new JsonObject()
                        .put("endpoints", "https://payments.example")
                        .put("shape", "direct"))));

    assertThat(settings.bff("web").mesh().shape()).isEqualTo(Shape.SIDECAR);
    assertThat(settings.bff("web").mesh().propagate()).containsExactly("end-user");
    assertThat(settings.bff("web").mesh().traceHeaders())
        .containsExactlyInAnyOrder(TraceHeaders.W3C, TraceHeaders.B3_MULTI);
    assertThat(settings.mesh().shape()).isEqualTo(Shape.DIRECT);
    assertThat(settings.services().get("payments").orInShape(Shape.SIDECAR).shape())
        .isEqualTo(Shape.DIRECT);
  }

  @Test
  void withAProxyServicesNeedNoAddress() {
    GatehouseSettings settings = read(new JsonObject()
        .put(
            "mesh",
            new JsonObject()
                .put("sidecar", new JsonObject().put("proxy", "http://127.0.0.1:15001")))
        .put("services", new JsonObject().put("catalog", new JsonObject())));

    assertThat(settings.services().get("catalog").sidecar()).hasToString("http://127.0.0.1:15001");
  }

  @Test
  void headersOfOneConnectionAreNeverCarriedOn() {
    for (String name : new String[] {"Connection", "te", "transfer-encoding", "host", "a b", ""}) {
      assertThatThrownBy(() -> read(new JsonObject()
              .put("mesh", new JsonObject().put("propagate", new JsonArray().add(name)))))
          .as(name)
          .hasMessageContaining("mesh.propagate: [\"" + name + "\"] (expected: names of headers");
    }
  }
}

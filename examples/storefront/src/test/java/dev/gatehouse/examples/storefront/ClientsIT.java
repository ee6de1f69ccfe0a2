package dev.gatehouse.examples.storefront;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.testing.NodePackage;
import dev.gatehouse.testing.NodePackage.Result;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Runs the clients of {@code examples/clients} against the storefront. They need Node.js, and npm the first time. */
class ClientsIT {

  @Test
  void theClientsThatFrontendsUseGetTheirAnswers() throws Exception {
    NodePackage clients = NodePackage.install(Path.of("../clients"));
    try (RunningStorefront storefront = RunningStorefront.start()) {
      Result done = clients.run(
          Map.of(),
          60,
          "node",
          "clients.mjs",
          storefront.actual("http://127.0.0.1:8080"),
          storefront.actual("http://127.0.0.1:7102"));

      assertThat(done.status()).as(done.text()).isZero();
      assertThat(done.text())
          .contains("Apollo Client: ", "urql: ", "graphql-ws: ", "graphql-sse: ");
    }
  }
}

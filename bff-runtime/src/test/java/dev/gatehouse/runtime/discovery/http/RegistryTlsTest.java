package dev.gatehouse.runtime.discovery.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.runtime.discovery.Endpoint;
import dev.gatehouse.runtime.discovery.Registry;
import dev.gatehouse.runtime.discovery.ServiceLookup;
import dev.gatehouse.runtime.discovery.SourceSettings;
import dev.gatehouse.runtime.discovery.SourceState.Status;
import dev.gatehouse.runtime.discovery.consul.ConsulSettings;
import dev.gatehouse.runtime.discovery.kubernetes.KubernetesSettings;
import dev.gatehouse.runtime.upstream.http.TestCa;
import io.netty.pkitesting.X509Bundle;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Registries behind TLS: whom a token is told to, and whose word is taken. */
class RegistryTlsTest {
  private static final TestCa CA = new TestCa("Cluster CA");
  private static final TestCa OTHER_CA = new TestCa("Other CA");

  private final Vertx vertx = Vertx.vertx();
  private final List<String> tokens = new CopyOnWriteArrayList<>();

  @TempDir
  private Path files;

  enum Kind {
    CONSUL,
    KUBERNETES
  }

  @AfterEach
  void stop() {
    Registry.await(vertx.close());
  }

  private Endpoint server(X509Bundle identity) {
    HttpServer server = Registry.await(vertx
        .createHttpServer(new HttpServerOptions()
            .setHost("127.0.0.1")
            .setPort(0)
            .setSsl(true)
            .setKeyCertOptions(TestCa.keys(identity)))
        .requestHandler(this::answer)
        .listen());
    return Endpoint.parse("https://127.0.0.1:" + server.actualPort());
  }

  private void answer(HttpServerRequest request) {
    String token = request.getHeader("x-consul-token");
    tokens.add(token == null ? String.valueOf(request.getHeader("authorization")) : token);
    if (request.path().startsWith("/v1/")) {
      if (request.getParam("index") == null) {
        request
            .response()
            .putHeader("X-Consul-Index", "1")
            .end("[{\"Node\":{},\"Service\":{\"Address\":\"10.0.0.1\",\"Port\":8080}}]");
      }
    } else if (request.getParam("watch") == null) {
      request
          .response()
          .end(
              "{\"metadata\":{\"resourceVersion\":\"1\"},\"items\":[{\"metadata\":{\"name\":\"a\"},"
                  + "\"addressType\":\"IPv4\",\"endpoints\":[{\"addresses\":[\"10.0.0.1\"]}],"
                  + "\"ports\":[{\"port\":8080}]}]}");
    } else {
      request.response().setChunked(true).writeHead();
    }
  }

  private Registry registry(Kind kind, Endpoint url, String trust) {
    String token = TestCa.write(files.resolve("token"), "s3cret");
    SourceSettings settings = switch (kind) {
      case CONSUL ->
        new ConsulSettings(
            url, "s3cret", null, trust, Duration.ofSeconds(50), Duration.ofSeconds(30));
      case KUBERNETES ->
        new KubernetesSettings(
            url, "shop", token, trust, Duration.ofSeconds(50), Duration.ofSeconds(30));
    };
    return new Registry(
        vertx, ServiceLookup.of(settings, "catalog").withStartTimeout(Duration.ofMillis(1)));
  }

  private String trust(TestCa ca) {
    return TestCa.write(files.resolve("ca.pem"), ca.pem());
  }

  @ParameterizedTest
  @EnumSource
  void whoHasACertificateOfTheAuthorityIsBelieved(Kind kind) {
    try (Registry registry = registry(kind, server(CA.local("registry")), trust(CA))) {
      registry.awaitAddresses("10.0.0.1:8080");
      assertThat(tokens).isNotEmpty().allMatch(token -> token.endsWith("s3cret"));
    }
  }

  @ParameterizedTest
  @EnumSource
  void whoHasACertificateOfAnotherAuthorityIsNotEvenToldTheToken(Kind kind) {
    try (Registry registry = registry(kind, server(OTHER_CA.local("registry")), trust(CA))) {
      registry.awaitTrue(
          () -> String.valueOf(registry.state().problem()).contains("TLS: "), "a problem");
      assertThat(registry.state().status()).isEqualTo(Status.WAITING);
      assertThat(registry.state().problem())
          .contains("TLS: ", "(expected: a certificate for 127.0.0.1 by an authority in ");
      assertThat(tokens).isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource
  void whoHasACertificateForAnotherHostIsNotEvenToldTheToken(Kind kind) {
    X509Bundle elsewhere = CA.issue("registry", builder -> builder.addSanDnsName("elsewhere"));
    try (Registry registry = registry(kind, server(elsewhere), trust(CA))) {
      registry.awaitTrue(
          () -> String.valueOf(registry.state().problem()).contains("TLS: "), "a problem");
      assertThat(registry.state().problem()).contains("TLS: ", "127.0.0.1");
      assertThat(tokens).isEmpty();
    }
  }

  @Test
  void aFileOfCertificatesThatIsNotThereIsNamed() {
    String missing = files.resolve("nowhere.pem").toString();
    try (Registry registry = registry(Kind.CONSUL, server(CA.local("registry")), missing)) {
      registry.awaitTrue(() -> registry.state().problem() != null, "a problem");
      assertThat(registry.state().problem()).contains(missing);
      assertThat(tokens).isEmpty();
    }
  }
}

package dev.gatehouse.runtime.upstream.http;

import static dev.gatehouse.runtime.upstream.http.Caller.get;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.runtime.config.ConfigurationException;
import dev.gatehouse.runtime.config.Shape;
import dev.gatehouse.runtime.discovery.Endpoint;
import dev.gatehouse.runtime.upstream.FailureClass;
import dev.gatehouse.runtime.upstream.ServiceSettings;
import dev.gatehouse.runtime.upstream.UpstreamRequest;
import dev.gatehouse.runtime.upstream.UpstreamRequest.Route;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Calls that a proxy beside the BFF carries. */
class SidecarShapeTest {
  private final Vertx vertx = Vertx.vertx();
  private final BlockingQueue<MultiMap> seen = new LinkedBlockingQueue<>();
  private final AtomicInteger requests = new AtomicInteger();
  private HttpServer proxy;

  @BeforeEach
  void startProxy() {
    proxy = Caller.await(vertx
        .createHttpServer()
        .requestHandler(request -> {
          requests.incrementAndGet();
          seen.add(request.headers());
          if (request.path().equals("/closed") && requests.get() > 1) {
            request.connection().close();
          } else {
            request.response().end("ok");
          }
        })
        .listen(0, "127.0.0.1"));
  }

  @AfterEach
  void stop() {
    Caller.await(vertx.close());
  }

  private String url() {
    return "http://127.0.0.1:" + proxy.actualPort();
  }

  private ServiceSettings.Builder sidecar() {
    return ServiceSettings.builder()
        .shape(Shape.SIDECAR)
        .connectTimeout(Caller.LONG)
        .sidecar(Endpoint.parse(url()));
  }

  @Test
  void aCallGoesToTheProxyAndNamesTheService() {
    try (Caller caller = new Caller(vertx, sidecar().build())) {
      assertThat(caller.call(get("/things")).status()).isEqualTo(200);
    }
    assertThat(seen.remove().get("host")).isEqualTo("catalog");
  }

  @Test
  void aNameOfItsOwnAndTheAddressesOfDirectShapeDoNoHarm() {
    ServiceSettings settings = sidecar()
        .endpoints(List.of(Endpoint.parse("https://10.0.0.1"), Endpoint.parse("https://10.0.0.2")))
        .authority("catalog.shop:8080")
        .build();
    try (Caller caller = new Caller(vertx, settings)) {
      assertThat(caller.call(get("/things")).status()).isEqualTo(200);
    }
    assertThat(seen.remove().get("host")).isEqualTo("catalog.shop:8080");
  }

  @Test
  void whereAProxyInterceptsCallsTheyGoToTheServicesName() {
    ServiceSettings settings = Caller.settings(url()).shape(Shape.SIDECAR).build();
    try (Caller caller = new Caller(vertx, settings)) {
      assertThat(caller.call(get("/things")).status()).isEqualTo(200);
    }
    assertThat(seen.remove().get("host")).isEqualTo("127.0.0.1:" + proxy.actualPort());
  }

  @Test
  void severalAddressesAndTlsAreTheProxysAffair() {
    ServiceSettings settings =
        ServiceSettings.at("https://catalog", "http://catalog-2:8080").toBuilder()
            .shape(Shape.SIDECAR)
            .build();

    assertThatThrownBy(() -> new Caller(vertx, settings).close())
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining(
            "services.catalog.endpoints: 2 addresses (expected: one in shape sidecar")
        .hasMessageContaining("services.catalog.endpoints: https://catalog:443 (expected: http://");
  }

  @Test
  void whatTheProxyMayHaveSentOnIsNotSentOnceMore() {
    try (Caller caller = new Caller(vertx, sidecar().build())) {
      caller.call(get("/things"));

      assertThat(caller.fail(get("/closed")).failureClass()).isEqualTo(FailureClass.UNREACHABLE);

      assertThat(requests).hasValue(2);
      assertThat(caller.call(get("/things")).status()).isEqualTo(200);
    }
  }

  @Test
  void theTimeLeftIsToldInGrpcsWordsWhereConfigured() {
    try (Caller caller = new Caller(vertx, sidecar().grpcTimeout(true).build())) {
      caller.call(get("/things"));
    }
    MultiMap headers = seen.remove();
    assertThat(headers.get("grpc-timeout"))
        .isEqualTo(headers.get("x-envoy-expected-rq-timeout-ms") + "m");
    try (Caller caller = new Caller(vertx, sidecar().build())) {
      caller.call(get("/things"));
    }
    assertThat(seen.remove().contains("grpc-timeout")).isFalse();
  }

  @Test
  void theHostIsTheOneThatRoutingChose() {
    try (Caller caller = new Caller(vertx, sidecar().build())) {
      UpstreamRequest request = get("/things");
      request.route(new Route(Map.of(), "catalog-canary:8080"));
      caller.call(request);
      caller.call(get("/things"));
    }
    assertThat(seen.remove().get("host")).isEqualTo("catalog-canary:8080");
    assertThat(seen.remove().get("host")).isEqualTo("catalog");
  }
}

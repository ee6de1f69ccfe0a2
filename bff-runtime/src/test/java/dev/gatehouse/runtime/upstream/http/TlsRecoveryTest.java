package dev.gatehouse.runtime.upstream.http;

import static dev.gatehouse.runtime.upstream.http.Caller.get;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.gatehouse.runtime.policy.IdentityPolicy;
import dev.gatehouse.runtime.policy.ServicePolicy;
import dev.gatehouse.runtime.tls.TlsSettings;
import dev.gatehouse.runtime.upstream.FailureClass;
import dev.gatehouse.runtime.upstream.ServiceSettings;
import io.netty.pkitesting.X509Bundle;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.ServerSSLOptions;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A certificate that is not believed costs the calls that meet it, and nothing more: once it is replaced, the same client calls on. */
class TlsRecoveryTest {
  private static final TestCa CA = new TestCa("Shop CA");
  private static final TestCa OTHER_CA = new TestCa("Other CA");
  private static final String CATALOG = "spiffe://shop.example/catalog";

  @TempDir
  Path files;

  private final Vertx vertx = Vertx.vertx();

  @AfterEach
  void stop() {
    Caller.await(vertx.close());
  }

  private static X509Bundle svid(String id) {
    return CA.issue("service", builder -> builder.addSanUriName(URI.create(id)));
  }

  static Stream<Arguments> certificates() {
    Instant now = Instant.now();
    X509Bundle good = CA.local("service");
    X509Bundle expired = CA.issue(
        "late",
        builder -> builder.addSanIpAddress("127.0.0.1").notAfter(now.minus(Duration.ofDays(1))));
    X509Bundle early = CA.issue(
        "early",
        builder -> builder.addSanIpAddress("127.0.0.1").notBefore(now.plus(Duration.ofDays(1))));
    X509Bundle otherName =
        CA.issue("service", builder -> builder.addSanDnsName("pricing.internal"));
    ServicePolicy any = ServicePolicy.OFF;
    ServicePolicy catalog = ServicePolicy.OFF.withIdentity(IdentityPolicy.spiffe(CATALOG));
    return Stream.of(true, false)
        .flatMap(http2 -> Stream.of(
            arguments("expired", expired, good, any, http2),
            arguments("not valid yet", early, good, any, http2),
            arguments("for another name", otherName, good, any, http2),
            arguments("of an unknown authority", OTHER_CA.local("service"), good, any, http2),
            arguments(
                "of another service",
                svid("spiffe://shop.example/pricing"),
                svid(CATALOG),
                catalog,
                http2)));
  }

  @ParameterizedTest(name = "{0}, HTTP/2: {4}")
  @MethodSource("certificates")
  void afterACertificateThatIsNotBelievedTheNextGoodOneIs(
      String what, X509Bundle bad, X509Bundle good, ServicePolicy policy, boolean http2) {
    String trust = TestCa.write(files.resolve("ca.pem"), CA.pem());
    HttpServer server = Caller.await(vertx
        .createHttpServer(new HttpServerOptions()
            .setHost("127.0.0.1")
            .setPort(0)
            .setSsl(true)
            .setUseAlpn(http2)
            .setKeyCertOptions(TestCa.keys(bad)))
        .requestHandler(request -> request.response().end("good"))
        .listen());
    ServiceSettings settings = Caller.settings("https://127.0.0.1:" + server.actualPort())
        .tls(TlsSettings.DEFAULT.withTrust(trust))
        .policy(policy)
        .build();
    try (Caller caller = new Caller(vertx, settings)) {
      for (int i = 0; i < 3; i++) {
        assertThat(caller.fail(get("/things")).failureClass()).isEqualTo(FailureClass.UNREACHABLE);
        caller.awaitNothingUnderWay();
        assertThat(caller.<Integer>pool(EndpointPool::openConnections)).isZero();
      }

      Caller.await(server.updateSSLOptions(
          new ServerSSLOptions().setUseAlpn(http2).setKeyCertOptions(TestCa.keys(good))));

      for (int i = 0; i < 3; i++) {
        assertThat(Caller.text(caller.call(get("/things")))).isEqualTo("good");
      }
      caller.awaitNothingUnderWay();
      assertThat(caller.<Integer>pool(EndpointPool::openConnections)).isEqualTo(1);
    }
  }
}

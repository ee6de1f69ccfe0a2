package dev.gatehouse.runtime.upstream.http;

import static dev.gatehouse.runtime.upstream.http.Caller.get;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.runtime.upstream.FailureClass;
import dev.gatehouse.runtime.upstream.ServiceSettings;
import dev.gatehouse.runtime.upstream.ServiceSettings.TlsSettings;
import dev.gatehouse.runtime.upstream.UpstreamException;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.net.PfxOptions;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Services behind TLS: what is spoken, and who is believed. */
class TlsTest {
  private static final String PASSWORD = "changeit";

  @TempDir
  static Path keys;

  private final Vertx vertx = Vertx.vertx();

  /** One certificate for 127.0.0.1, signed by itself, and another that nothing uses. */
  @BeforeAll
  static void makeKeys() throws IOException, InterruptedException {
    for (String name : List.of("service", "other")) {
      keytool(
          "-genkeypair",
          "-alias",
          name,
          "-keyalg",
          "EC",
          "-dname",
          "CN=" + name,
          "-ext",
          "san=ip:127.0.0.1");
      keytool("-exportcert", "-alias", name, "-rfc", "-file", pem(name));
    }
  }

  private static void keytool(String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
    command.addAll(List.of(arguments));
    command.addAll(List.of("-keystore", store(), "-storetype", "PKCS12", "-storepass", PASSWORD));
    Process process = new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(Redirect.DISCARD)
        .start();
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).isZero();
  }

  private static String store() {
    return keys.resolve("keys.p12").toString();
  }

  private static String pem(String name) {
    return keys.resolve(name + ".pem").toString();
  }

  @AfterEach
  void stop() {
    Caller.await(vertx.close());
  }

  private HttpServer server(boolean http2) {
    return Caller.await(vertx
        .createHttpServer(new HttpServerOptions()
            .setHost("127.0.0.1")
            .setPort(0)
            .setSsl(true)
            .setUseAlpn(http2)
            .setKeyCertOptions(
                new PfxOptions().setPath(store()).setPassword(PASSWORD).setAlias("service")))
        .requestHandler(request -> request.response().end(request.version().name()))
        .listen());
  }

  private ServiceSettings.Builder settings(HttpServer server) {
    return Caller.settings("https://127.0.0.1:" + server.actualPort())
        .tls(new TlsSettings(pem("service"), true));
  }

  @Test
  void http2IsSpokenWhereTheServiceOffersIt() {
    try (Caller caller = new Caller(vertx, settings(server(true)).build())) {
      for (int i = 0; i < 5; i++) {
        assertThat(Caller.text(caller.call(get("/things")))).isEqualTo(HttpVersion.HTTP_2.name());
      }
      assertThat(caller.<Integer>pool(EndpointPool::openConnections)).isEqualTo(1);
    }
  }

  @Test
  void http11IsSpokenWhereTheServiceOffersNothingElse() {
    try (Caller caller = new Caller(vertx, settings(server(false)).build())) {
      assertThat(Caller.text(caller.call(get("/things")))).isEqualTo(HttpVersion.HTTP_1_1.name());
      assertThat(Caller.text(caller.call(get("/things")))).isEqualTo(HttpVersion.HTTP_1_1.name());
    }
  }

  @Test
  void http11IsSpokenWhereTheSettingsSaySo() {
    ServiceSettings settings =
        settings(server(true)).httpVersion(ServiceSettings.HttpVersion.HTTP_1_1).build();
    try (Caller caller = new Caller(vertx, settings)) {
      assertThat(Caller.text(caller.call(get("/things")))).isEqualTo(HttpVersion.HTTP_1_1.name());
    }
  }

  @Test
  void aServiceThatIsNotTrustedIsUnreachable() {
    HttpServer server = server(true);
    for (TlsSettings tls : List.of(
        TlsSettings.DEFAULT,
        new TlsSettings(pem("other"), true),
        new TlsSettings(pem("other"), false))) {
      try (Caller caller = new Caller(vertx, settings(server).tls(tls).build())) {
        UpstreamException failure = caller.fail(get("/things"));

        assertThat(failure.failureClass()).isEqualTo(FailureClass.UNREACHABLE);
        assertThat(failure).hasMessageContaining(": not connected: ");
        assertThat(caller.<Integer>pool(EndpointPool::pendingConnections)).isZero();
      }
    }
  }

  @Test
  void aCertificateForAnotherHostIsNotBelieved() {
    ServiceSettings settings =
        settings(server(true)).authority("catalog.internal").build();
    try (Caller caller = new Caller(vertx, settings)) {
      assertThat(caller.fail(get("/things")).failureClass()).isEqualTo(FailureClass.UNREACHABLE);
    }
  }

  @Test
  void theHostIsNotComparedWhereTheSettingsSaySo() {
    ServiceSettings settings = settings(server(true))
        .authority("catalog.internal")
        .tls(new TlsSettings(pem("service"), false))
        .build();
    try (Caller caller = new Caller(vertx, settings)) {
      assertThat(caller.call(get("/things")).status()).isEqualTo(200);
    }
  }
}

package dev.gatehouse.runtime.upstream.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.dsl.graph.EventSpec.Protocol;
import dev.gatehouse.dsl.graph.EventSpec.ServiceOrigin;
import dev.gatehouse.dsl.graph.OperationSpec.Safety;
import dev.gatehouse.runtime.config.Shape;
import dev.gatehouse.runtime.discovery.Endpoint;
import dev.gatehouse.runtime.policy.IdentityPolicy;
import dev.gatehouse.runtime.policy.ServicePolicy;
import dev.gatehouse.runtime.tls.TlsSettings;
import dev.gatehouse.runtime.upstream.FailureClass;
import dev.gatehouse.runtime.upstream.ServiceSettings;
import dev.gatehouse.runtime.upstream.UpstreamException;
import dev.gatehouse.runtime.upstream.UpstreamStream;
import io.netty.pkitesting.X509Bundle;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Event streams and WebSockets: whom they believe, and where they go. */
class TlsStreamsTest {
  private static final TestCa CA = new TestCa("Shop CA");
  private static final String ID = "spiffe://shop.example/ns/prod/sa/catalog";

  @TempDir
  static Path files;

  private final Vertx vertx = Vertx.vertx();
  private final BlockingQueue<String> hosts = new LinkedBlockingQueue<>();

  @AfterEach
  void stop() {
    Caller.await(vertx.close());
  }

  private HttpServer server(UnaryOperator<HttpServerOptions> more) {
    return Caller.await(vertx
        .createHttpServer(
            more.apply(new HttpServerOptions().setHost("127.0.0.1").setPort(0)))
        .webSocketHandler(socket -> {
          hosts.add(socket.headers().get("host"));
          socket.writeTextMessage("{\"n\":1}");
        })
        .requestHandler(request -> {
          hosts.add(request.authority().toString());
          request.response().putHeader("content-type", "text/event-stream").setChunked(true);
          request.response().write("data: {\"n\":1}\n\n");
        })
        .listen());
  }

  private HttpServer secure(X509Bundle identity) {
    return server(
        options -> options.setSsl(true).setUseAlpn(true).setKeyCertOptions(TestCa.keys(identity)));
  }

  /** What a stream brings: its first piece, or why there is none. */
  private String first(ServiceSettings settings, Protocol protocol) throws InterruptedException {
    BlockingQueue<String> told = new LinkedBlockingQueue<>();
    try (Caller caller = new Caller(vertx, settings)) {
      ServiceOrigin origin = new ServiceOrigin(
          Caller.operation(HttpMethod.GET, Safety.SAFE, null), protocol, List.of(), 0);
      UpstreamStream stream = caller.on(() -> caller
          .upstreams()
          .open(origin, "/events", List.of(), new UpstreamStream.Reader() {
            @Override
            public void opened() {}

            @Override
            public void received(Buffer data) {
              told.add(data.toString());
            }

            @Override
            public void ended(UpstreamException failure) {
              told.add(
                  failure == null ? "ended" : failure.failureClass() + ": " + failure.getMessage());
            }
          }));
      String first = told.poll(Caller.PATIENCE.toSeconds(), TimeUnit.SECONDS);
      caller.on(() -> {
        stream.close();
        return null;
      });
      return String.valueOf(first);
    }
  }

  private ServiceSettings.Builder settings(HttpServer server) {
    String trust = TestCa.write(files.resolve("ca.pem"), CA.pem());
    return Caller.settings("https://127.0.0.1:" + server.actualPort())
        .requestTimeout(Caller.LONG)
        .tls(TlsSettings.DEFAULT.withTrust(trust));
  }

  @ParameterizedTest
  @EnumSource(Protocol.class)
  void aStreamIsReadOverTls(Protocol protocol) throws InterruptedException {
    HttpServer server = secure(CA.local("catalog"));

    assertThat(first(settings(server).build(), protocol)).contains("{\"n\":1}");
  }

  private static ServicePolicy expecting(String id) {
    return ServicePolicy.OFF.withIdentity(IdentityPolicy.spiffe(id));
  }

  @ParameterizedTest
  @EnumSource(Protocol.class)
  void aStreamIsReadOnlyFromWhomItIsExpected(Protocol protocol) throws InterruptedException {
    HttpServer server =
        secure(CA.issue("catalog", builder -> builder.addSanUriName(URI.create(ID))));
    ServiceSettings.Builder settings = settings(server);

    assertThat(first(settings.policy(expecting(ID)).build(), protocol)).contains("{\"n\":1}");
    assertThat(first(settings.policy(expecting("spiffe://other/*")).build(), protocol))
        .startsWith(FailureClass.UNREACHABLE + ": catalog: ")
        .endsWith("no connection: TLS: the service is " + ID
            + " (expected: spiffe://other/*; tls.spiffe-ids)");
    assertThat(first(settings.policy(ServicePolicy.OFF).build(), protocol))
        .endsWith("TLS: the certificate is for " + ID + ", not for 127.0.0.1 (authority)");
    assertThat(hosts).hasSize(1);
  }

  @ParameterizedTest
  @EnumSource(Protocol.class)
  void aStreamOfAServiceByAnotherNameGoesToItsEndpoint(Protocol protocol)
      throws InterruptedException {
    HttpServer named =
        secure(CA.issue("catalog", builder -> builder.addSanDnsName("catalog.internal")));
    ServiceSettings settings = settings(named).authority("catalog.internal").build();

    assertThat(first(settings, protocol)).contains("{\"n\":1}");
    assertThat(hosts.remove()).startsWith("catalog.internal");

    HttpServer other = secure(CA.issue("catalog", builder -> builder.addSanIpAddress("127.0.0.1")));
    assertThat(first(settings(other).authority("catalog.internal").build(), protocol))
        .endsWith("TLS: the certificate is for 127.0.0.1, not for catalog.internal (authority)");
  }

  @ParameterizedTest
  @EnumSource(Protocol.class)
  void aStreamGoesThroughTheSidecar(Protocol protocol) throws InterruptedException {
    HttpServer proxy = server(options -> options);
    ServiceSettings settings = ServiceSettings.builder()
        .shape(Shape.SIDECAR)
        .connectTimeout(Caller.LONG)
        .sidecar(Endpoint.parse("http://127.0.0.1:" + proxy.actualPort()))
        .build();

    assertThat(first(settings, protocol)).contains("{\"n\":1}");
    assertThat(hosts.remove()).isIn("catalog", "catalog:80");
  }

  @Test
  void anHttp2StreamOverTlsIsRead() throws InterruptedException {
    HttpServer server = secure(CA.local("catalog"));

    assertThat(first(settings(server).build(), Protocol.EVENT_STREAM)).contains("{\"n\":1}");
    assertThat(hosts.remove()).isEqualTo("127.0.0.1:" + server.actualPort());
  }
}

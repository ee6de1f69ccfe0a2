package dev.gatehouse.runtime.upstream.http;

import static dev.gatehouse.runtime.upstream.http.Caller.get;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.runtime.config.ConfigurationException;
import dev.gatehouse.runtime.mesh.MeshCaller;
import dev.gatehouse.runtime.policy.IdentityPolicy;
import dev.gatehouse.runtime.policy.ServicePolicy;
import dev.gatehouse.runtime.tls.TlsSettings;
import dev.gatehouse.runtime.upstream.FailureClass;
import dev.gatehouse.runtime.upstream.ServiceSettings;
import dev.gatehouse.runtime.upstream.UpstreamException;
import dev.gatehouse.runtime.upstream.UpstreamResponse;
import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.ClientAuth;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import java.io.OutputStream;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.openssl.PKCS8Generator;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.openssl.jcajce.JcaPKCS8Generator;
import org.bouncycastle.openssl.jcajce.JceOpenSSLPKCS8EncryptorBuilder;
import org.bouncycastle.operator.OutputEncryptor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Services behind TLS: what is spoken, who is believed, and who calls. */
class TlsTest {
  private static final TestCa CA = new TestCa("Shop CA");
  private static final TestCa OTHER_CA = new TestCa("Other CA");

  @TempDir
  static Path files;

  private static String trust;
  private static String otherTrust;

  private final Vertx vertx = Vertx.vertx();

  @BeforeAll
  static void writeTrust() {
    trust = TestCa.write(files.resolve("ca.pem"), CA.pem());
    otherTrust = TestCa.write(files.resolve("other.pem"), OTHER_CA.pem());
  }

  @AfterEach
  void stop() {
    Caller.await(vertx.close());
  }

  private HttpServer server(X509Bundle identity, UnaryOperator<HttpServerOptions> more) {
    return Caller.await(vertx
        .createHttpServer(more.apply(new HttpServerOptions()
            .setHost("127.0.0.1")
            .setPort(0)
            .setSsl(true)
            .setUseAlpn(true)
            .setTrustOptions(CA.trust())
            .setKeyCertOptions(TestCa.keys(identity))))
        .requestHandler(request -> {
          String caller = "nobody";
          try {
            caller = request.connection().sslSession().getPeerPrincipal().getName();
          } catch (SSLPeerUnverifiedException e) {
            assertThat(e).isNotNull();
          }
          request.response().end(request.version().name() + " " + caller);
        })
        .listen());
  }

  private HttpServer server(boolean http2) {
    return server(CA.local("service"), options -> options.setUseAlpn(http2));
  }

  private static TlsSettings trusting() {
    return TlsSettings.DEFAULT.withTrust(trust);
  }

  private static ServiceSettings.Builder settings(HttpServer server) {
    return Caller.settings("https://127.0.0.1:" + server.actualPort()).tls(trusting());
  }

  private static ServicePolicy expecting(String... ids) {
    return ServicePolicy.OFF.withIdentity(IdentityPolicy.spiffe(ids));
  }

  private String call(ServiceSettings settings) {
    try (Caller caller = new Caller(vertx, settings)) {
      return Caller.text(caller.call(get("/things")));
    }
  }

  /** Fails a call, and looks whether anything of it was left behind. */
  private UpstreamException fail(ServiceSettings settings) {
    try (Caller caller = new Caller(vertx, settings)) {
      UpstreamException failure = caller.fail(get("/things"));
      assertThat(failure.failureClass()).isEqualTo(FailureClass.UNREACHABLE);
      assertThat(caller.<Integer>pool(EndpointPool::pendingConnections)).isZero();
      caller.awaitPool(pool -> pool.openConnections() == 0);
      assertThat(caller.<Integer>pool(EndpointPool::waitingCalls)).isZero();
      return failure;
    }
  }

  @Test
  void http2IsSpokenWhereTheServiceOffersIt() {
    try (Caller caller = new Caller(vertx, settings(server(true)).build())) {
      for (int i = 0; i < 5; i++) {
        assertThat(Caller.text(caller.call(get("/things")))).startsWith(HttpVersion.HTTP_2.name());
      }
      assertThat(caller.<Integer>pool(EndpointPool::openConnections)).isEqualTo(1);
    }
  }

  @Test
  void http11IsSpokenWhereTheServiceOffersNothingElse() {
    assertThat(call(settings(server(false)).build())).startsWith(HttpVersion.HTTP_1_1.name());
  }

  @Test
  void callsThatWaitForAConnectionWhoseProtocolIsNotKnownDoNotWaitForEachOther() {
    CompletableFuture<Void> all = new CompletableFuture<>();
    List<HttpServerRequest> held = new CopyOnWriteArrayList<>();
    HttpServer server = Caller.await(vertx
        .createHttpServer(new HttpServerOptions()
            .setHost("127.0.0.1")
            .setPort(0)
            .setSsl(true)
            .setKeyCertOptions(TestCa.keys(CA.local("service"))))
        .requestHandler(request -> {
          held.add(request);
          if (held.size() == 5) {
            all.complete(null);
          }
        })
        .listen());
    try (Caller caller = new Caller(vertx, settings(server).maxConnections(8).build())) {
      List<Future<UpstreamResponse>> calls = new ArrayList<>();
      for (int i = 0; i < 5; i++) {
        calls.add(caller.start(get("/things")));
      }
      assertThat(all).succeedsWithin(Caller.PATIENCE);
      held.forEach(request -> request.response().end("at last"));
      calls.forEach(call -> assertThat(Caller.text(Caller.await(call))).isEqualTo("at last"));
    }
  }

  @Test
  void http11IsSpokenWhereTheSettingsSaySo() {
    ServiceSettings settings =
        settings(server(true)).httpVersion(ServiceSettings.HttpVersion.HTTP_1_1).build();

    assertThat(call(settings)).startsWith(HttpVersion.HTTP_1_1.name());
  }

  @Test
  void aServiceThatIsNotTrustedIsUnreachable() {
    HttpServer server = server(true);
    for (TlsSettings tls : List.of(
        TlsSettings.DEFAULT,
        TlsSettings.DEFAULT.withTrust(otherTrust),
        TlsSettings.DEFAULT.withTrust(otherTrust).withVerifyHost(false))) {
      for (ServicePolicy policy : List.of(ServicePolicy.OFF, expecting("spiffe://shop/*"))) {
        assertThat(fail(settings(server).tls(tls).policy(policy).build()))
            .hasMessageContaining(
                ": not connected: TLS: no trusted authority stands behind the certificate of CN=service,"
                    + " issued by CN=Shop CA");
      }
    }
  }

  @Test
  void aCertificateThatHasExpiredIsToldWithItsEnd() {
    Instant end =
        Instant.now().minus(Duration.ofDays(1)).truncatedTo(java.time.temporal.ChronoUnit.SECONDS);
    HttpServer server = server(
        CA.issue("late", builder -> builder.addSanIpAddress("127.0.0.1").notAfter(end)), o -> o);

    assertThat(fail(settings(server).build()))
        .hasMessageEndingWith("TLS: the certificate of CN=late expired at " + end);
  }

  @Test
  void aCertificateOfTheFutureIsToldWithItsBeginning() {
    Instant begin =
        Instant.now().plus(Duration.ofDays(1)).truncatedTo(java.time.temporal.ChronoUnit.SECONDS);
    HttpServer server = server(
        CA.issue("early", builder -> builder.addSanIpAddress("127.0.0.1").notBefore(begin)),
        o -> o);

    assertThat(fail(settings(server).build()))
        .hasMessageEndingWith("TLS: the certificate of CN=early is valid only from " + begin);
  }

  @Test
  void aCertificateForAnotherHostIsNotBelieved() {
    HttpServer server = server(
        CA.issue(
            "service",
            builder -> builder.addSanIpAddress("127.0.0.1").addSanDnsName("pricing.internal")),
        o -> o);

    assertThat(fail(settings(server).authority("catalog.internal").build()))
        .hasMessageEndingWith(
            "TLS: the certificate is for 127.0.0.1, pricing.internal, not for catalog.internal (authority)");
    assertThat(call(settings(server).authority("pricing.internal").build())).isNotEmpty();
  }

  @Test
  void theHostIsNotComparedWhereTheSettingsSaySo() {
    ServiceSettings settings = settings(server(true))
        .authority("catalog.internal")
        .tls(trusting().withVerifyHost(false))
        .build();

    assertThat(call(settings)).isNotEmpty();
  }

  @Test
  void aSpiffeIdSaysWhoAServiceIsInPlaceOfItsHost() {
    HttpServer server = server(svid("spiffe://shop.example/ns/prod/sa/catalog"), o -> o);
    for (String expected : List.of(
        "spiffe://shop.example/ns/prod/sa/catalog",
        "spiffe://shop.example/ns/prod/*",
        "spiffe://shop.example/*")) {
      ServiceSettings settings = settings(server)
          .policy(expecting("spiffe://shop.example/other", expected))
          .build();
      assertThat(call(settings)).as(expected).isNotEmpty();
    }
    for (String expected : List.of(
        "spiffe://shop.example/ns/prod/sa/cat",
        "spiffe://shop.example/ns/prod/sa/catalog/*",
        "spiffe://other.example/*",
        "spiffe://shop.example/ns/prod/sa/pricing")) {
      assertThat(fail(settings(server).policy(expecting(expected)).build()))
          .hasMessageEndingWith(
              "TLS: the service is spiffe://shop.example/ns/prod/sa/catalog (expected: " + expected
                  + "; tls.spiffe-ids)");
    }
  }

  @Test
  void whoAServiceMustBeCanChangeWhileItIsCalled() {
    HttpServer server = server(svid("spiffe://shop.example/catalog"), o -> o);
    MeshCaller caller = new MeshCaller();
    try {
      caller.at("catalog", settings(server).build());
      caller.policies().update("catalog", before -> expecting("spiffe://shop.example/catalog"));
      caller.open();
      assertThat(caller.text("catalog", get("/things"))).isNotEmpty();

      caller
          .policies()
          .update(
              "catalog",
              before ->
                  before.withIdentity(IdentityPolicy.spiffe("spiffe://shop.example/pricing")));
      assertThat(caller.fail("catalog", get("/things")))
          .hasMessageContaining(
              "the service is spiffe://shop.example/catalog (expected: spiffe://shop.example/pricing");

      caller
          .policies()
          .update(
              "catalog",
              before -> before.withIdentity(IdentityPolicy.spiffe("spiffe://shop.example/*")));
      assertThat(caller.text("catalog", get("/things"))).isNotEmpty();
    } finally {
      caller.close();
    }
  }

  private static X509Bundle svid(String... ids) {
    return CA.issue("service", builder -> {
      CertificateBuilder more = builder;
      for (String id : ids) {
        more = more.addSanUriName(java.net.URI.create(id));
      }
      return more;
    });
  }

  @Test
  void whatIsNoSvidHasNoSpiffeId() {
    ServicePolicy policy = expecting("spiffe://shop.example/*");
    HttpServer two = server(svid("spiffe://shop.example/a", "spiffe://shop.example/b"), o -> o);
    assertThat(fail(settings(two).policy(policy).build()))
        .hasMessageEndingWith("has 2 URIs among its names (expected: exactly one, its SPIFFE id)");
    HttpServer none = server(CA.local("service"), o -> o);
    assertThat(fail(settings(none).policy(policy).build())).hasMessageContaining("has 0 URIs");
    HttpServer dots = server(svid("spiffe://shop.example/a/../b"), o -> o);
    assertThat(fail(settings(dots).policy(policy).build()))
        .hasMessageContaining("the service is spiffe:");
    HttpServer authority = server(
        CA.issue(
            "ca",
            builder -> builder
                .addSanUriName(java.net.URI.create("spiffe://shop.example/a"))
                .setIsCertificateAuthority(true)),
        o -> o);
    assertThat(fail(settings(authority).policy(policy).build()))
        .hasMessageEndingWith("is an authority's (expected: a service's)");
  }

  @Test
  void aServiceSeesWhoCalls() throws Exception {
    X509Bundle client = CA.issue("storefront", builder -> builder);
    String certificate = TestCa.write(files.resolve("tls.crt"), client.getCertificatePathPEM());
    String key = TestCa.write(files.resolve("tls.key"), client.getPrivateKeyPEM());
    String both = TestCa.write(
        files.resolve("both.pem"), client.getPrivateKeyPEM() + client.getCertificatePathPEM());
    Path store = files.resolve("client.p12");
    KeyStore keys = client.toKeyStore("secret".toCharArray());
    try (OutputStream to = Files.newOutputStream(store)) {
      keys.store(to, "secret".toCharArray());
    }
    String password = TestCa.write(files.resolve("password"), "secret\n");
    String sealed = TestCa.write(files.resolve("sealed.key"), encrypted(client, "secret"));
    for (boolean http2 : new boolean[] {true, false}) {
      HttpServer server = server(
          CA.local("service"),
          options -> options.setUseAlpn(http2).setClientAuth(ClientAuth.REQUIRED));
      for (TlsSettings tls : List.of(
          trusting().withCertificate(certificate, key),
          trusting().withCertificate(both, null),
          trusting().withCertificate(store.toString(), null).withPassword("secret"),
          trusting().withCertificate(certificate, sealed).withPassword("secret"),
          trusting().withCertificate(store.toString(), null).withPasswordFile(password))) {
        assertThat(call(settings(server).tls(tls).build()))
            .as(tls.toString())
            .isEqualTo((http2 ? "HTTP_2" : "HTTP_1_1") + " CN=storefront");
      }
    }
  }

  private static String encrypted(X509Bundle client, String password) throws Exception {
    OutputEncryptor sealing = new JceOpenSSLPKCS8EncryptorBuilder(PKCS8Generator.AES_256_CBC)
        .setProvider(new BouncyCastleProvider())
        .setPRF(PKCS8Generator.PRF_HMACSHA256)
        .setPassword(password.toCharArray())
        .build();
    StringWriter text = new StringWriter();
    try (JcaPEMWriter writer = new JcaPEMWriter(text)) {
      writer.writeObject(
          new JcaPKCS8Generator(client.getKeyPair().getPrivate(), sealing).generate());
    }
    return text.toString();
  }

  @Test
  void aServiceThatAsksWhoCallsIsUnreachableForNobody() {
    for (String version : List.of("TLSv1.2", "TLSv1.3")) {
      for (boolean http2 : new boolean[] {true, false}) {
        HttpServer server = server(
            CA.local("service"),
            options -> options
                .setUseAlpn(http2)
                .setClientAuth(ClientAuth.REQUIRED)
                .setEnabledSecureTransportProtocols(java.util.Set.of(version)));

        assertThat(fail(settings(server).build()))
            .as(version + http2)
            .hasMessageContaining("the certificate it was shown, or that none was");
      }
    }
  }

  @Test
  void filesThatCannotBeUsedStopTheStart() throws Exception {
    X509Bundle client = CA.issue("storefront", builder -> builder);
    String certificate = TestCa.write(files.resolve("a.crt"), client.getCertificatePathPEM());
    String key = TestCa.write(files.resolve("a.key"), client.getPrivateKeyPEM());
    String otherKey = TestCa.write(
        files.resolve("b.key"), CA.issue("other", builder -> builder).getPrivateKeyPEM());
    String sealed = TestCa.write(files.resolve("sealed2.key"), encrypted(client, "secret"));
    String garbage = TestCa.write(files.resolve("garbage.pem"), "-----BEGIN CERTIFICATE-----\n!!!");
    String noise = TestCa.write(files.resolve("noise"), "noise");
    String missing = files.resolve("missing.pem").toString();

    assertRefused(trusting().withTrust(missing), missing + ": cannot be read");
    assertRefused(trusting().withTrust(garbage), garbage + ": not readable");
    assertRefused(trusting().withTrust(noise), noise + ": not readable");
    assertRefused(trusting().withTrust(key), key + ": not readable");
    assertRefused(
        trusting().withCertificate(garbage, key), garbage + " with " + key + ": not readable");
    assertRefused(trusting().withCertificate(certificate, null), certificate + ": not readable");
    assertRefused(trusting().withCertificate(noise, null), noise + ": not readable");
    assertRefused(
        trusting().withCertificate(certificate, otherKey),
        certificate + " with " + otherKey
            + ": the key is not the certificate's (expected: both of one pair)");
    assertRefused(trusting().withCertificate(certificate, sealed), "no password is given");
    assertRefused(
        trusting().withCertificate(certificate, sealed).withPassword("wrong"),
        sealed + ": not readable");
    assertRefused(trusting().withCertificate(null, key), "services.catalog.tls.key: " + key);
    assertThatThrownBy(() -> IdentityPolicy.spiffe("shop"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("spiffe-ids: shop (expected: spiffe://TRUST-DOMAIN/PATH");
  }

  private void assertRefused(TlsSettings tls, String problem) {
    ServiceSettings settings = Caller.settings("https://127.0.0.1").tls(tls).build();
    assertThatThrownBy(() -> new Caller(vertx, settings).close())
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining(problem);
  }
}

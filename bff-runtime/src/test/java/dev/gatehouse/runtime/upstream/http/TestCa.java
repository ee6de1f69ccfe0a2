package dev.gatehouse.runtime.upstream.http;

import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.PemTrustOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.function.UnaryOperator;

/** An authority for tests, and what it certifies. */
public final class TestCa {
  private final X509Bundle root;

  public TestCa(String name) {
    try {
      root = new CertificateBuilder()
          .subject("CN=" + name)
          .setIsCertificateAuthority(true)
          .ecp256()
          .notBefore(Instant.now().minus(Duration.ofDays(100)))
          .buildSelfSigned();
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  /** A certificate with its key. */
  public X509Bundle issue(String name, UnaryOperator<CertificateBuilder> more) {
    try {
      return more.apply(new CertificateBuilder()
              .subject("CN=" + name)
              .ecp256()
              .notBefore(Instant.now().minus(Duration.ofDays(10)))
              .notAfter(Instant.now().plus(Duration.ofDays(100))))
          .buildIssuedBy(root);
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  /** For a service on this machine. */
  public X509Bundle local(String name) {
    return issue(name, builder -> builder.addSanIpAddress("127.0.0.1"));
  }

  public String pem() {
    return root.getCertificatePEM();
  }

  public PemTrustOptions trust() {
    return new PemTrustOptions().addCertValue(Buffer.buffer(pem()));
  }

  public static PemKeyCertOptions keys(X509Bundle bundle) {
    return new PemKeyCertOptions()
        .addCertValue(Buffer.buffer(bundle.getCertificatePathPEM()))
        .addKeyValue(Buffer.buffer(bundle.getPrivateKeyPEM()));
  }

  public static String write(Path file, String content) {
    try {
      Files.createDirectories(file.getParent());
      return Files.writeString(file, content).toString();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}

package dev.gatehouse.runtime.tls;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.PemTrustOptions;
import io.vertx.core.net.PfxOptions;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import javax.net.ssl.X509KeyManager;
import org.jspecify.annotations.Nullable;

/** Makes material of what stands in files, or tells what is wrong with them. */
final class TlsReader {
  private static final List<String> KEY_TYPES = List.of("EC", "RSA", "EdDSA", "RSASSA-PSS", "DSA");
  private static final byte[] PROBE = {1, 2, 3, 4};

  private final Vertx vertx;
  private final TlsSettings settings;

  TlsReader(Vertx vertx, TlsSettings settings) {
    this.vertx = vertx;
    this.settings = settings;
  }

  TlsMaterial read(TlsContents contents) throws TlsException {
    X509ExtendedTrustManager trust = trust(contents);
    KeyManagerFactory keys = keys(contents);
    return new TlsMaterial(trust, keys, keys == null ? null : certificate(keys));
  }

  private X509ExtendedTrustManager trust(TlsContents contents) throws TlsException {
    Buffer content = contents.trust();
    String expected = " (expected: certificates to trust, in PEM or PKCS#12)";
    TrustManagerFactory factory;
    try {
      if (content == null) {
        factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init((KeyStore) null);
      } else {
        factory = TlsContents.isPem(content)
            ? new PemTrustOptions().addCertValue(content).getTrustManagerFactory(vertx)
            : pfx(content, contents.password()).getTrustManagerFactory(vertx);
      }
    } catch (Exception e) {
      String where = content == null ? "the authorities of the JDK" : settings.trust();
      throw new TlsException(where + ": " + reason(e) + expected, e);
    }
    X509ExtendedTrustManager trust = Stream.of(factory.getTrustManagers())
        .filter(X509ExtendedTrustManager.class::isInstance)
        .map(X509ExtendedTrustManager.class::cast)
        .findFirst()
        .orElseThrow();
    if (content != null && trust.getAcceptedIssuers().length == 0) {
      throw new TlsException(settings.trust() + ": none in it" + expected, null);
    }
    return trust;
  }

  private @Nullable KeyManagerFactory keys(TlsContents contents) throws TlsException {
    Buffer certificate = contents.certificate();
    if (certificate == null) {
      return null;
    }
    try {
      if (!TlsContents.isPem(certificate)) {
        return pfx(certificate, contents.password()).getKeyManagerFactory(vertx);
      }
      Buffer key = contents.key();
      Buffer given = key == null ? certificate : key;
      return new PemKeyCertOptions()
          .addCertValue(certificate)
          .addKeyValue(EncryptedKey.decrypted(given, contents.password()))
          .getKeyManagerFactory(vertx);
    } catch (Exception e) {
      throw new TlsException(
          where() + ": " + reason(e)
              + " (expected: a certificate and its key, each in PEM, or both in PKCS#12 with its password)",
          e);
    }
  }

  private String where() {
    return settings.key() == null
        ? String.valueOf(settings.certificate())
        : settings.certificate() + " with " + settings.key();
  }

  private X509Certificate certificate(KeyManagerFactory keys) throws TlsException {
    X509KeyManager manager = (X509KeyManager) keys.getKeyManagers()[0];
    String alias = KEY_TYPES.stream()
        .map(type -> manager.getClientAliases(type, null))
        .filter(Objects::nonNull)
        .flatMap(Stream::of)
        .findFirst()
        .orElse(null);
    if (alias == null) {
      throw new TlsException(
          where() + ": no key in it (expected: a certificate with its key)", null);
    }
    X509Certificate certificate = manager.getCertificateChain(alias)[0];
    if (!belong(manager.getPrivateKey(alias), certificate)) {
      throw new TlsException(
          where() + ": the key is not the certificate's (expected: both of one pair)", null);
    }
    return certificate;
  }

  private static boolean belong(PrivateKey key, X509Certificate certificate) {
    String algorithm = switch (key.getAlgorithm()) {
      case "EC" -> "SHA256withECDSA";
      case "RSA" -> "SHA256withRSA";
      case "DSA" -> "SHA256withDSA";
      default -> key.getAlgorithm();
    };
    try {
      Signature signature = Signature.getInstance(algorithm);
      signature.initSign(key);
      signature.update(PROBE);
      byte[] signed = signature.sign();
      signature.initVerify(certificate.getPublicKey());
      signature.update(PROBE);
      return signature.verify(signed);
    } catch (GeneralSecurityException e) {
      return false; // such as a key of another kind
    }
  }

  private static PfxOptions pfx(Buffer content, @Nullable String password) {
    return new PfxOptions().setValue(content).setPassword(password == null ? "" : password);
  }

  private static String reason(Throwable e) {
    String message = e.getMessage();
    return "not readable" + (message == null ? "" : " (" + message + ")");
  }
}

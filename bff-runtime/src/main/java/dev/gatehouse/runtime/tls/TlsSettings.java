package dev.gatehouse.runtime.tls;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Who is believed to be a service, and who calls it. There is no switch to believe anyone. Immutable.
 *
 * <p>Files are PEM or PKCS#12; which of them, their content tells. They are looked at again and again, and may be replaced.
 *
 * @param trust the path of a file with the certificates to trust; null for those that the JDK trusts
 * @param certificate the path of a file with the certificate to show, and what leads from it to its authority; null for none
 * @param key the path of a file with the key of that certificate; null where it stands in the same file
 * @param password of files that need one; null for none
 * @param passwordFile the path of a file with that password; null for none
 * @param verifyHost whether a service's certificate must be for the host that was asked for; of no meaning where it must have a
 *     SPIFFE id
 * @param watchInterval how often the files are looked at; 100 ms to 1 h
 */
public record TlsSettings(
    @Nullable String trust,
    @Nullable String certificate,
    @Nullable String key,
    @Nullable String password,
    @Nullable String passwordFile,
    boolean verifyHost,
    Duration watchInterval) {
  /** The JDK's authorities, no certificate of our own, host verified. */
  public static final TlsSettings DEFAULT =
      new TlsSettings(null, null, null, null, null, true, Duration.ofSeconds(5));

  public TlsSettings withTrust(@Nullable String trust) {
    return new TlsSettings(
        trust, certificate, key, password, passwordFile, verifyHost, watchInterval);
  }

  public TlsSettings withCertificate(@Nullable String certificate, @Nullable String key) {
    return new TlsSettings(
        trust, certificate, key, password, passwordFile, verifyHost, watchInterval);
  }

  public TlsSettings withPassword(@Nullable String password) {
    return new TlsSettings(
        trust, certificate, key, password, passwordFile, verifyHost, watchInterval);
  }

  public TlsSettings withPasswordFile(@Nullable String passwordFile) {
    return new TlsSettings(
        trust, certificate, key, password, passwordFile, verifyHost, watchInterval);
  }

  public TlsSettings withVerifyHost(boolean verifyHost) {
    return new TlsSettings(
        trust, certificate, key, password, passwordFile, verifyHost, watchInterval);
  }

  public TlsSettings withWatchInterval(Duration watchInterval) {
    return new TlsSettings(
        trust, certificate, key, password, passwordFile, verifyHost, watchInterval);
  }

  /** Without the password. */
  @Override
  public String toString() {
    return "TlsSettings[trust=" + trust + ", certificate=" + certificate + ", key=" + key
        + ", passwordFile=" + passwordFile + ", verifyHost=" + verifyHost + "]";
  }
}

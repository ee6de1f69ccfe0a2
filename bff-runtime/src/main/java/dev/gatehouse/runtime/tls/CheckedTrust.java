package dev.gatehouse.runtime.tls;

import java.net.Socket;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/**
 * Decides, before anything is sent, whether a service is who it must be: by its chain, and by its host or its SPIFFE id. What it
 * refuses, it explains. Immutable.
 */
public final class CheckedTrust extends X509ExtendedTrustManager {
  private final X509ExtendedTrustManager trust;
  private final @Nullable SpiffeIds ids;

  /**
   * @param ids whom the service must be one of; null where its host says who it is
   */
  public CheckedTrust(X509ExtendedTrustManager trust, @Nullable SpiffeIds ids) {
    this.trust = trust;
    this.ids = ids;
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
      throws CertificateException {
    try {
      trust.checkServerTrusted(chain, authType, engine);
    } catch (CertificateException e) {
      throw refused(chain, authType, engine, e);
    }
    if (ids != null) {
      try {
        ids.check(chain[0]);
      } catch (CertificateException e) {
        throw new RefusedCertificate(String.valueOf(e.getMessage()), e);
      }
    }
  }

  /** Says why, in the order in which a person would look. */
  private RefusedCertificate refused(
      X509Certificate[] chain, String authType, SSLEngine engine, CertificateException cause) {
    for (X509Certificate certificate : chain) {
      String subject = "the certificate of " + certificate.getSubjectX500Principal();
      try {
        certificate.checkValidity();
      } catch (CertificateExpiredException e) {
        return new RefusedCertificate(
            subject + " expired at " + certificate.getNotAfter().toInstant(), cause);
      } catch (CertificateNotYetValidException e) {
        return new RefusedCertificate(
            subject + " is valid only from " + certificate.getNotBefore().toInstant(), cause);
      }
    }
    X509Certificate leaf = chain[0];
    try {
      trust.checkServerTrusted(chain, authType);
    } catch (CertificateException e) {
      return new RefusedCertificate(
          "no trusted authority stands behind the certificate of " + leaf.getSubjectX500Principal()
              + ", issued by " + chain[chain.length - 1].getIssuerX500Principal() + " (tls.trust)",
          cause);
    }
    return new RefusedCertificate(
        "the certificate is for " + names(leaf) + ", not for " + engine.getPeerHost()
            + " (authority)",
        cause);
  }

  private static String names(X509Certificate leaf) {
    try {
      Collection<List<?>> names = leaf.getSubjectAlternativeNames();
      return names == null || names.isEmpty()
          ? "no host"
          : names.stream()
              .map(name -> String.valueOf(name.get(1)))
              .collect(Collectors.joining(", "));
    } catch (CertificateException e) {
      return "names that cannot be read";
    }
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType)
      throws CertificateException {
    throw new CertificateException("no connection to check a service on");
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket)
      throws CertificateException {
    throw new CertificateException("no engine to check a service on");
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType)
      throws CertificateException {
    throw new CertificateException("nobody calls here");
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket)
      throws CertificateException {
    throw new CertificateException("nobody calls here");
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
      throws CertificateException {
    throw new CertificateException("nobody calls here");
  }

  @Override
  public X509Certificate[] getAcceptedIssuers() {
    return trust.getAcceptedIssuers();
  }
}

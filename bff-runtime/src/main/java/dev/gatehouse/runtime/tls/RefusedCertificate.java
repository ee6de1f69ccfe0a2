package dev.gatehouse.runtime.tls;

import java.security.cert.CertificateException;

/** A service is not who it must be. The message says why, for logs. */
public final class RefusedCertificate extends CertificateException {
  private static final long serialVersionUID = 1L;

  RefusedCertificate(String message, Throwable cause) {
    super(message, cause);
  }
}

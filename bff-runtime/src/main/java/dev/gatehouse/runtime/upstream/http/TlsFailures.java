package dev.gatehouse.runtime.upstream.http;

import dev.gatehouse.runtime.tls.RefusedCertificate;
import java.util.Locale;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** Tells what a failure of TLS means, in the words of whoever has to mend it. */
final class TlsFailures {
  private static final String ALERT = "Received fatal alert: ";
  private static final int DEEPEST = 10;

  private TlsFailures() {}

  /** The meaning; null where the failure is none of TLS. */
  static @Nullable String text(Throwable failure) {
    SSLException last = null;
    Throwable at = failure;
    for (int depth = 0; at != null && depth < DEEPEST; depth++) {
      if (at instanceof RefusedCertificate refused) {
        return "TLS: " + refused.getMessage();
      }
      if (at instanceof SSLException tls) {
        last = tls;
      }
      at = at.getCause();
    }
    return last == null ? null : "TLS: " + text(Failures.message(last));
  }

  private static String text(String message) {
    if (!message.startsWith(ALERT)) {
      return message;
    }
    String alert = message.substring(ALERT.length()).toLowerCase(Locale.ROOT);
    return switch (alert) {
      case "certificate_required",
          "bad_certificate",
          "certificate_unknown",
          "unknown_ca",
          "certificate_expired",
          "certificate_revoked",
          "unsupported_certificate",
          "access_denied" ->
        "the service refuses the certificate it was shown, or that none was (" + alert
            + "; tls.certificate)";
      case "no_application_protocol" ->
        "the service speaks none of the HTTP versions offered (" + alert + "; http-version)";
      case "protocol_version" -> "the service speaks neither TLS 1.2 nor TLS 1.3 (" + alert + ")";
      case "unrecognized_name" ->
        "the service does not know the host that was asked for (" + alert + "; authority)";
      default -> "the service broke off the handshake (" + alert + ")";
    };
  }
}

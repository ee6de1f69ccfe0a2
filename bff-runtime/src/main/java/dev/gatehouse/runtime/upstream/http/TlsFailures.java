package dev.gatehouse.runtime.upstream.http;

import dev.gatehouse.runtime.tls.RefusedCertificate;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** Tells what a failure of TLS means, in the words of whoever has to mend it. */
final class TlsFailures {
  /** From JDK 25 on the alert's name stands before it, too. */
  private static final Pattern ALERT =
      Pattern.compile("(?:\\([a-z_]+\\) )?Received fatal alert: (.+)");

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
    Matcher told = ALERT.matcher(message);
    if (!told.matches()) {
      return message;
    }
    String alert = told.group(1).toLowerCase(Locale.ROOT);
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
      // What a service answers over TLS 1.2 to who shows none, among others (RFC 5246, section
      // 7.4.6).
      case "handshake_failure" ->
        "the service broke off the handshake (" + alert
            + "); it may refuse the certificate it was shown, or that none was (tls.certificate)";
      default -> "the service broke off the handshake (" + alert + ")";
    };
  }
}

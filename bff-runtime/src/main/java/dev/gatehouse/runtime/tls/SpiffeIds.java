package dev.gatehouse.runtime.tls;

import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The SPIFFE ids that a service may have, held against the one in its certificate: the leaf of an X.509-SVID, which has exactly one
 * URI among its names and signs no certificates. Immutable.
 */
public final class SpiffeIds {
  private static final Pattern ID =
      Pattern.compile("spiffe://[a-z0-9._-]{1,255}((/(?!\\.{1,2}(/|$))[A-Za-z0-9._-]+)*)");
  private static final String BELOW = "/*";
  private static final int URI = 6; // RFC 5280, section 4.2.1.6
  private static final int MAX_LENGTH = 2048;
  private static final int SIGNS_CERTIFICATES = 5; // RFC 5280, section 4.2.1.3
  private static final int SIGNS_REVOCATIONS = 6;

  private final List<String> expected;

  /**
   * @param expected each as {@link #isExpected} allows
   */
  public SpiffeIds(List<String> expected) {
    this.expected = List.copyOf(expected);
  }

  /** Whether a text is a SPIFFE id, or one with {@code /*} at the end for all below. */
  public static boolean isExpected(String text) {
    return isId(text.endsWith(BELOW) ? text.substring(0, text.length() - 2) : text);
  }

  private static boolean isId(String text) {
    return text.length() <= MAX_LENGTH && ID.matcher(text).matches();
  }

  /**
   * Checks a certificate whose chain is trusted already.
   *
   * @throws CertificateException telling what it says and what was expected
   */
  void check(X509Certificate leaf) throws CertificateException {
    List<String> uris = uris(leaf);
    if (uris.size() != 1) {
      throw new CertificateException("the certificate of " + leaf.getSubjectX500Principal()
          + " has " + uris.size() + " URIs among its names (expected: exactly one, its SPIFFE id)");
    }
    String id = uris.get(0);
    boolean[] usage = leaf.getKeyUsage();
    boolean signs = usage != null && (usage[SIGNS_CERTIFICATES] || usage[SIGNS_REVOCATIONS]);
    if (leaf.getBasicConstraints() >= 0 || signs) {
      throw new CertificateException(
          "the certificate of " + id + " is an authority's (expected: a service's)");
    }
    if (!isId(id) || expected.stream().noneMatch(one -> fits(one, id))) {
      throw new CertificateException("the service is " + id + " (expected: "
          + String.join(" or ", expected) + "; tls.spiffe-ids)");
    }
  }

  private static boolean fits(String expected, String id) {
    return expected.endsWith(BELOW)
        ? id.startsWith(expected.substring(0, expected.length() - 1))
        : id.equals(expected);
  }

  private static List<String> uris(X509Certificate leaf) throws CertificateException {
    Collection<List<?>> names = leaf.getSubjectAlternativeNames();
    List<String> uris = new ArrayList<>();
    if (names != null) {
      for (List<?> name : names) {
        if (Integer.valueOf(URI).equals(name.get(0))) {
          uris.add(String.valueOf(name.get(1)));
        }
      }
    }
    return uris;
  }
}

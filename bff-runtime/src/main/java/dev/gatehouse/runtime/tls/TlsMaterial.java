package dev.gatehouse.runtime.tls;

import java.security.cert.X509Certificate;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/**
 * What TLS needs, as it holds now. Immutable; each is equal only to itself.
 *
 * @param trust decides who is believed
 * @param keys the key and certificate to show; null for none
 * @param certificate the certificate to show; null for none
 */
public record TlsMaterial(
    X509ExtendedTrustManager trust,
    @Nullable KeyManagerFactory keys,
    @Nullable X509Certificate certificate) {}

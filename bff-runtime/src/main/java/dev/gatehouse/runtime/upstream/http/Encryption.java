package dev.gatehouse.runtime.upstream.http;

import dev.gatehouse.runtime.live.Live;
import dev.gatehouse.runtime.policy.IdentityPolicy;
import dev.gatehouse.runtime.tls.CheckedTrust;
import dev.gatehouse.runtime.tls.SpiffeIds;
import dev.gatehouse.runtime.tls.TlsMaterial;
import dev.gatehouse.runtime.tls.TlsSettings;
import dev.gatehouse.runtime.tls.TlsSource;
import io.vertx.core.net.ClientSSLOptions;
import io.vertx.core.net.KeyCertOptions;
import io.vertx.core.net.TrustOptions;
import org.jspecify.annotations.Nullable;

/** How new connections to one service are encrypted. Made anew where its material changes, or who the service must be. Confined to one event loop. */
final class Encryption {
  private final TlsSource source;
  private final TlsSettings settings;
  private final Live<IdentityPolicy> identity;
  private @Nullable TlsMaterial used;
  private @Nullable IdentityPolicy expected;
  private ClientSSLOptions options = new ClientSSLOptions();

  Encryption(TlsSource source, TlsSettings settings, Live<IdentityPolicy> identity) {
    this.source = source;
    this.settings = settings;
    this.identity = identity;
  }

  /** For the next connection. TLS 1.2 and 1.3 only, as is Vert.x's default. */
  ClientSSLOptions options() {
    TlsMaterial current = source.current();
    IdentityPolicy who = identity.get();
    if (current != used || who != expected) {
      used = current;
      expected = who;
      options = options(current, who);
    }
    return options;
  }

  private ClientSSLOptions options(TlsMaterial material, IdentityPolicy who) {
    boolean identified = !who.spiffeIds().isEmpty();
    SpiffeIds ids = identified ? new SpiffeIds(who.spiffeIds()) : null;
    ClientSSLOptions made = new ClientSSLOptions()
        .setTrustOptions(TrustOptions.wrap(new CheckedTrust(material.trust(), ids)))
        .setHostnameVerificationAlgorithm(settings.verifyHost() && !identified ? "HTTPS" : "");
    if (material.keys() != null) {
      made.setKeyCertOptions(KeyCertOptions.wrap(material.keys()));
    }
    return made;
  }
}

package dev.gatehouse.runtime.upstream.http;

import dev.gatehouse.runtime.tls.CheckedTrust;
import dev.gatehouse.runtime.tls.SpiffeIds;
import dev.gatehouse.runtime.tls.TlsMaterial;
import dev.gatehouse.runtime.tls.TlsSettings;
import dev.gatehouse.runtime.tls.TlsSource;
import io.vertx.core.net.ClientSSLOptions;
import io.vertx.core.net.KeyCertOptions;
import io.vertx.core.net.TrustOptions;
import org.jspecify.annotations.Nullable;

/** How new connections to one service are encrypted. Made anew where its material changes. Confined to one event loop. */
final class Encryption {
  private final TlsSource source;
  private final TlsSettings settings;
  private @Nullable TlsMaterial used;
  private ClientSSLOptions options = new ClientSSLOptions();

  Encryption(TlsSource source, TlsSettings settings) {
    this.source = source;
    this.settings = settings;
  }

  /** For the next connection. TLS 1.2 and 1.3 only, as is Vert.x's default. */
  ClientSSLOptions options() {
    TlsMaterial current = source.current();
    if (current != used) {
      used = current;
      options = options(current);
    }
    return options;
  }

  private ClientSSLOptions options(TlsMaterial material) {
    boolean identified = !settings.spiffeIds().isEmpty();
    SpiffeIds ids = identified ? new SpiffeIds(settings.spiffeIds()) : null;
    ClientSSLOptions made = new ClientSSLOptions()
        .setTrustOptions(TrustOptions.wrap(new CheckedTrust(material.trust(), ids)))
        .setHostnameVerificationAlgorithm(settings.verifyHost() && !identified ? "HTTPS" : "");
    if (material.keys() != null) {
      made.setKeyCertOptions(KeyCertOptions.wrap(material.keys()));
    }
    return made;
  }
}

package dev.gatehouse.runtime.upstream.http;

import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.ssl.ApplicationProtocolNegotiator;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.SslContext;
import io.vertx.core.net.JdkSSLEngineOptions;
import io.vertx.core.spi.tls.SslContextFactory;
import java.util.List;
import java.util.Set;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSessionContext;
import javax.net.ssl.TrustManagerFactory;

/**
 * The JDK's TLS, which asks for, and verifies, a name that is not that of the address it connects to. Vert.x's client for WebSockets
 * cannot be told the two apart; the others can.
 */
final class NamedEngine extends JdkSSLEngineOptions {
  private final String host;

  NamedEngine(String host) {
    this.host = host;
  }

  @Override
  public NamedEngine copy() {
    NamedEngine copy = new NamedEngine(host);
    copy.setUseWorkerThread(getUseWorkerThread());
    return copy;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof NamedEngine named && named.host.equals(host) && super.equals(other);
  }

  @Override
  public int hashCode() {
    return host.hashCode();
  }

  @Override
  public SslContextFactory sslContextFactory() {
    return new Factory(super.sslContextFactory(), host);
  }

  private record Factory(SslContextFactory factory, String host) implements SslContextFactory {

    @Override
    public SslContextFactory useAlpn(boolean useAlpn) {
      factory.useAlpn(useAlpn);
      return this;
    }

    @Override
    public SslContextFactory clientAuth(ClientAuth clientAuth) {
      factory.clientAuth(clientAuth);
      return this;
    }

    @Override
    public SslContextFactory forClient(boolean forClient) {
      factory.forClient(forClient);
      return this;
    }

    @Override
    public SslContextFactory keyMananagerFactory(KeyManagerFactory keys) {
      factory.keyMananagerFactory(keys);
      return this;
    }

    @Override
    public SslContextFactory trustManagerFactory(TrustManagerFactory trust) {
      factory.trustManagerFactory(trust);
      return this;
    }

    @Override
    public SslContextFactory enabledCipherSuites(Set<String> suites) {
      factory.enabledCipherSuites(suites);
      return this;
    }

    @Override
    public SslContextFactory applicationProtocols(List<String> protocols) {
      factory.applicationProtocols(protocols);
      return this;
    }

    @Override
    public SslContextFactory serverName(String serverName) {
      factory.serverName(serverName);
      return this;
    }

    @Override
    public SslContext create() throws SSLException {
      return new Named(factory.create(), host);
    }
  }

  private static final class Named extends SslContext {
    private final SslContext context;
    private final String host;

    Named(SslContext context, String host) {
      this.context = context;
      this.host = host;
    }

    @Override
    public SSLEngine newEngine(ByteBufAllocator allocator, String address, int port) {
      return context.newEngine(allocator, host, port);
    }

    @Override
    public SSLEngine newEngine(ByteBufAllocator allocator) {
      return context.newEngine(allocator);
    }

    @Override
    public boolean isClient() {
      return context.isClient();
    }

    @Override
    public List<String> cipherSuites() {
      return context.cipherSuites();
    }

    @Override
    public ApplicationProtocolNegotiator applicationProtocolNegotiator() {
      return context.applicationProtocolNegotiator();
    }

    @Override
    public SSLSessionContext sessionContext() {
      return context.sessionContext();
    }
  }
}

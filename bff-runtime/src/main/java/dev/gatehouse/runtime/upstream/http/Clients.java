package dev.gatehouse.runtime.upstream.http;

import dev.gatehouse.runtime.discovery.Endpoint;
import dev.gatehouse.runtime.discovery.Endpoint.Scheme;
import dev.gatehouse.runtime.time.TimerWheel;
import dev.gatehouse.runtime.upstream.ServiceSettings;
import dev.gatehouse.runtime.upstream.ServiceSettings.HttpVersion;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClientAgent;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpConnectOptions;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketClientOptions;
import io.vertx.core.http.WebSocketConnectOptions;
import io.vertx.core.net.SocketAddress;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The Vert.x clients of one service, one per scheme in use: they make connections, the pooling is ours. */
final class Clients {
  /** A piece of a body that came in one read is handed on in one piece. */
  private static final int MAX_CHUNK_SIZE = 1 << 20;
  /** How long sent bytes may stay unacknowledged before the connection counts as broken (where the platform can do it). */
  private static final int UNACKNOWLEDGED_MILLIS = 10_000;
  /** How long a service may take to answer that a WebSocket is closed. */
  private static final int CLOSING_SECONDS = 2;

  private final Vertx vertx;
  private final ServiceSettings settings;
  private final Encryption encryption;
  // Held for as long as the service is: a client that nobody refers to is closed with its
  // connections.
  private final Map<Scheme, HttpClientAgent> clients = new EnumMap<>(Scheme.class);
  private final Map<Boolean, WebSocketClient> sockets = new HashMap<>();

  Clients(Vertx vertx, ServiceSettings settings, Encryption encryption) {
    this.vertx = vertx;
    this.settings = settings;
    this.encryption = encryption;
  }

  Connector connector(Endpoint endpoint, Loop loop, TimerWheel timers) {
    HttpConnectOptions options = new HttpConnectOptions()
        .setServer(SocketAddress.inetSocketAddress(endpoint.port(), endpoint.host()))
        .setSsl(endpoint.scheme() == Scheme.HTTPS);
    authority(options, endpoint);
    return new Connector(
        clients.computeIfAbsent(endpoint.scheme(), this::client),
        options,
        endpoint.scheme() == Scheme.HTTPS ? encryption : null,
        speaksHttp2(endpoint.scheme()),
        settings.connectTimeout().toNanos(),
        loop,
        timers);
  }

  /** Opens a WebSocket, with the handshake. */
  Future<WebSocket> webSocket(StreamOpening opening) {
    Endpoint endpoint = opening.endpoint();
    boolean secure = endpoint.scheme() == Scheme.HTTPS;
    WebSocketClient client = sockets.computeIfAbsent(secure, this::socketClient);
    WebSocketConnectOptions options = new WebSocketConnectOptions()
        .setSsl(secure)
        .setAllowOriginHeader(false)
        .setURI(opening.target());
    // This client connects to the host that it names, whatever the server is said to be.
    options.setHost(endpoint.host()).setPort(endpoint.port());
    if (settings.authority() != null) {
      options.addHeader(HttpHeaders.HOST, settings.authority());
    }
    if (secure) {
      options.setSslOptions(encryption.options());
    }
    opening.headers().forEach(header -> options.addHeader(header.name(), header.value()));
    return client.connect(options);
  }

  private WebSocketClient socketClient(boolean secure) {
    WebSocketClientOptions options = new WebSocketClientOptions()
        .setConnectTimeout((int) settings.connectTimeout().toMillis())
        .setMaxConnections(Integer.MAX_VALUE) // their number is the door's to limit
        .setMaxFrameSize(settings.maxResponseBytes())
        .setMaxMessageSize(settings.maxResponseBytes())
        .setClosingTimeout(CLOSING_SECONDS)
        .setTcpUserTimeout(UNACKNOWLEDGED_MILLIS);
    String authority = settings.authority();
    if (secure && authority != null) {
      options.setSslEngineOptions(new NamedEngine(host(authority)));
    }
    return vertx.createWebSocketClient(options.setSsl(secure));
  }

  Future<Void> close() {
    List<Future<Void>> all = new ArrayList<>();
    clients.values().forEach(client -> all.add(client.close()));
    sockets.values().forEach(client -> all.add(client.close()));
    return Future.join(all).mapEmpty();
  }

  private void authority(HttpConnectOptions options, Endpoint endpoint) {
    String authority = settings.authority();
    if (authority == null) {
      options.setHost(endpoint.host()).setPort(endpoint.port());
      return;
    }
    String host = host(authority);
    boolean hasPort = host.length() < authority.length();
    options
        .setHost(host)
        .setPort(
            hasPort
                ? Integer.parseInt(authority.substring(host.length() + 1))
                : endpoint.scheme() == Scheme.HTTPS ? 443 : 80);
  }

  /** Without the port. */
  private static String host(String authority) {
    int colon = authority.lastIndexOf(':');
    return colon > authority.lastIndexOf(']') ? authority.substring(0, colon) : authority;
  }

  private boolean speaksHttp2(Scheme scheme) {
    return scheme == Scheme.H2C
        || (scheme == Scheme.HTTPS && settings.httpVersion() == HttpVersion.AUTO);
  }

  private HttpClientAgent client(Scheme scheme) {
    HttpClientOptions options = new HttpClientOptions()
        .setConnectTimeout((int) settings.connectTimeout().toMillis())
        .setMaxChunkSize(MAX_CHUNK_SIZE)
        .setTcpUserTimeout(UNACKNOWLEDGED_MILLIS)
        .setHttp2ClearTextUpgrade(false);
    if (speaksHttp2(scheme)) {
      options.setProtocolVersion(io.vertx.core.http.HttpVersion.HTTP_2);
    }
    if (scheme == Scheme.HTTPS) {
      secure(options);
    }
    return vertx
        .httpClientBuilder()
        .with(options)
        .with(new PoolOptions().setCleanerPeriod(0)) // its own pool stays empty
        .build();
  }

  private void secure(HttpClientOptions options) {
    options.setSsl(true);
    if (settings.httpVersion() == HttpVersion.AUTO) {
      options
          .setUseAlpn(true)
          .setAlpnVersions(List.of(
              io.vertx.core.http.HttpVersion.HTTP_2, io.vertx.core.http.HttpVersion.HTTP_1_1));
    }
  }
}

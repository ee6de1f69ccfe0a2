package dev.gatehouse.runtime;

import dev.gatehouse.runtime.config.BffSettings;
import dev.gatehouse.runtime.config.BffSettings.Limits;
import io.netty.handler.codec.compression.Brotli;
import io.netty.handler.codec.compression.StandardCompressionOptions;
import io.netty.handler.codec.compression.Zstd;
import io.vertx.core.http.Http2Settings;
import io.vertx.core.http.HttpServerOptions;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** What a BFF's settings mean to Vert.x. */
final class ServerOptions {
  /** A request line is longer than its URI by a method, a version and two spaces. */
  private static final int REQUEST_LINE = 64;

  /** How long a client may take to answer that a WebSocket is closed. */
  private static final int CLOSING_SECONDS = 2;

  private ServerOptions() {}

  /**
   * @param webSocketProtocols the sub-protocols that the doors speak
   */
  static HttpServerOptions of(BffSettings settings, List<String> webSocketProtocols) {
    Limits limits = settings.limits();
    HttpServerOptions options = new HttpServerOptions()
        .setTcpNoDelay(true)
        .setPerFrameWebSocketCompressionSupported(false)
        .setPerMessageWebSocketCompressionSupported(false)
        .setMaxWebSocketFrameSize(limits.maxBodyBytes())
        .setMaxWebSocketMessageSize(limits.maxBodyBytes())
        .setWebSocketClosingTimeout(CLOSING_SECONDS)
        .setIdleTimeoutUnit(TimeUnit.MILLISECONDS)
        .setIdleTimeout((int) settings.listener().idleTimeout().toMillis())
        .setMaxInitialLineLength(limits.maxUriBytes() + REQUEST_LINE)
        .setMaxHeaderSize(limits.maxHeaderBytes())
        .setInitialSettings(new Http2Settings()
            .setMaxConcurrentStreams(limits.maxStreams())
            .setMaxHeaderListSize((long) limits.maxHeaderBytes() + limits.maxUriBytes()));
    webSocketProtocols.forEach(options::addWebSocketSubProtocol);
    return settings.compression().enabled() ? compressing(options, settings) : options;
  }

  private static HttpServerOptions compressing(HttpServerOptions options, BffSettings settings) {
    int level = options.getCompressionLevel();
    options
        .setCompressionSupported(true)
        .setCompressionContentSizeThreshold(settings.compression().minBytes())
        .addCompressor(StandardCompressionOptions.gzip(level, 15, 8))
        .addCompressor(StandardCompressionOptions.deflate(level, 15, 8));
    // Their libraries are the application's choice.
    if (Brotli.isAvailable()) {
      options.addCompressor(StandardCompressionOptions.brotli());
    }
    if (Zstd.isAvailable()) {
      options.addCompressor(StandardCompressionOptions.zstd());
    }
    return options;
  }
}

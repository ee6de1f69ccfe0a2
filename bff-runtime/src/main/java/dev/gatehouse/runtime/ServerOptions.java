package dev.gatehouse.runtime;

import dev.gatehouse.runtime.config.BffSettings;
import dev.gatehouse.runtime.config.BffSettings.Limits;
import io.netty.handler.codec.compression.Brotli;
import io.netty.handler.codec.compression.StandardCompressionOptions;
import io.netty.handler.codec.compression.Zstd;
import io.vertx.core.http.Http2Settings;
import io.vertx.core.http.HttpServerOptions;
import java.util.concurrent.TimeUnit;

/** What a BFF's settings mean to Vert.x. */
final class ServerOptions {
  /** A request line is longer than its URI by a method, a version and two spaces. */
  private static final int REQUEST_LINE = 64;

  private ServerOptions() {}

  static HttpServerOptions of(BffSettings settings) {
    Limits limits = settings.limits();
    HttpServerOptions options = new HttpServerOptions()
        .setTcpNoDelay(true)
        .setPerFrameWebSocketCompressionSupported(false)
        .setPerMessageWebSocketCompressionSupported(false)
        .setIdleTimeoutUnit(TimeUnit.MILLISECONDS)
        .setIdleTimeout((int) settings.listener().idleTimeout().toMillis())
        .setMaxInitialLineLength(limits.maxUriBytes() + REQUEST_LINE)
        .setMaxHeaderSize(limits.maxHeaderBytes())
        .setInitialSettings(new Http2Settings()
            .setMaxConcurrentStreams(limits.maxStreams())
            .setMaxHeaderListSize((long) limits.maxHeaderBytes() + limits.maxUriBytes()));
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

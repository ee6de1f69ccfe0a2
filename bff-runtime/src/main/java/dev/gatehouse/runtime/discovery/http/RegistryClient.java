package dev.gatehouse.runtime.discovery.http;

import dev.gatehouse.runtime.discovery.Endpoint;
import dev.gatehouse.runtime.discovery.Endpoint.Scheme;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.PemTrustOptions;
import java.time.Duration;
import java.util.Map;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * Asks one registry over HTTP. Certificates are always checked. Answers are bounded in time and size, and redirects are not
 * followed: a registry must not send its readers, who carry a token, elsewhere.
 *
 * <p>Confined to the event loop it was made on.
 */
public final class RegistryClient {
  private static final int CONNECT_TIMEOUT_MILLIS = 5000;
  /** Each service that is followed holds one for most of the time. */
  private static final int MOST_CONNECTIONS = 1000;

  private static final int DEEPEST = 10;

  private final Vertx vertx;
  private final Endpoint registry;
  private final HttpClient http;
  private final String authority;

  /**
   * @param trust the path of a PEM file with the certificates to trust; null for those that the JDK trusts
   */
  public RegistryClient(Vertx vertx, Endpoint registry, @Nullable String trust) {
    this.vertx = vertx;
    this.registry = registry;
    this.authority =
        trust == null ? "an authority that the JDK trusts" : "an authority in " + trust;
    HttpClientOptions options = new HttpClientOptions()
        .setSsl(registry.scheme() == Scheme.HTTPS)
        .setVerifyHost(true)
        .setConnectTimeout(CONNECT_TIMEOUT_MILLIS);
    if (trust != null && registry.scheme() == Scheme.HTTPS) {
      options.setTrustOptions(new PemTrustOptions().addCertPath(trust));
    }
    this.http =
        vertx.createHttpClient(options, new PoolOptions().setHttp1MaxSize(MOST_CONNECTIONS));
  }

  /**
   * Asks for a whole answer.
   *
   * @param uri path and query
   * @param within until its last byte
   * @return fails where there is none in time, or a larger one
   */
  public Exchange get(String uri, Map<String, String> headers, Duration within, int maxBytes) {
    Buffer body = Buffer.buffer();
    return exchange(
        uri,
        headers,
        within,
        (exchange, bytes) -> {
          body.appendBuffer(bytes);
          if (body.length() > maxBytes) {
            exchange.fail("answered with more than " + maxBytes + " bytes");
          }
        },
        body);
  }

  /**
   * Asks for an answer that goes on.
   *
   * @param within for the whole of it; every piece that comes begins it anew
   * @param reader gets the pieces of an answer of status 200; the body of any other is in the answer
   */
  public Exchange follow(
      String uri, Map<String, String> headers, Duration within, BytesReader reader) {
    Buffer refusal = Buffer.buffer();
    return exchange(
        uri,
        headers,
        within,
        (exchange, bytes) -> {
          if (exchange.status() == 200) {
            exchange.goOn();
            reader.read(exchange, bytes);
          } else if (refusal.length() < 10_000) {
            refusal.appendBuffer(bytes);
          }
        },
        refusal);
  }

  private Exchange exchange(
      String uri, Map<String, String> headers, Duration within, BytesReader reader, Buffer body) {
    Exchange exchange = new Exchange(vertx, registry, authority, within);
    RequestOptions options = new RequestOptions()
        .setMethod(HttpMethod.GET)
        .setHost(registry.host())
        .setPort(registry.port())
        .setURI(registry.basePath() + uri)
        .setFollowRedirects(false)
        .putHeader("accept", "application/json");
    headers.forEach(options::putHeader);
    http.request(options)
        .onComplete(request -> exchange.send(request, reader, body), exchange::failed);
    return exchange;
  }

  /** Closes its connections. */
  public Future<Void> close() {
    return http.close();
  }

  /** Reads an answer piece by piece. */
  public interface BytesReader {
    void read(Exchange exchange, Buffer bytes);
  }

  /** A question and its answer, under way. */
  public static final class Exchange {
    private final Vertx vertx;
    private final Endpoint registry;
    private final Duration within;
    private final String authority;
    private final Promise<RegistryAnswer> answer = Promise.promise();
    private @Nullable HttpClientRequest sent;
    private long timer;
    private int status;

    private Exchange(Vertx vertx, Endpoint registry, String authority, Duration within) {
      this.vertx = vertx;
      this.registry = registry;
      this.authority = authority;
      this.within = within;
      this.timer = startTimer();
    }

    /** Completes at the end of the answer; fails with a message that names the registry. */
    public Future<RegistryAnswer> answer() {
      return answer.future();
    }

    /** Ends it, with a failure that tells why. */
    public void fail(String why) {
      end(why);
    }

    private int status() {
      return status;
    }

    private void send(HttpClientRequest request, BytesReader reader, Buffer body) {
      sent = request;
      if (answer.future().isComplete()) {
        request.reset();
        return;
      }
      request
          .send()
          .onComplete(
              response -> {
                status = response.statusCode();
                response.exceptionHandler(this::failed);
                response.handler(bytes -> {
                  if (!answer.future().isComplete()) {
                    reader.read(this, bytes);
                  }
                });
                response.endHandler(ended -> {
                  vertx.cancelTimer(timer);
                  answer.tryComplete(new RegistryAnswer(status, response.headers(), body));
                });
              },
              this::failed);
    }

    private void goOn() {
      vertx.cancelTimer(timer);
      timer = startTimer();
    }

    private long startTimer() {
      return vertx.setTimer(
          within.toMillis(), late -> end("no answer within " + within.toMillis() + " ms"));
    }

    private void failed(Throwable e) {
      boolean tls = false;
      Throwable cause = e;
      for (int depth = 0; depth < DEEPEST; depth++) {
        tls |= cause instanceof SSLException;
        if (cause.getCause() == null) {
          break;
        }
        cause = cause.getCause();
      }
      end(
          tls
              ? "TLS: " + message(cause) + " (expected: a certificate for " + registry.host()
                  + " by " + authority + ")"
              : message(e));
    }

    private static String message(Throwable e) {
      return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    }

    private void end(String why) {
      vertx.cancelTimer(timer);
      if (answer.tryFail(new RegistryException(registry + ": " + why)) && sent != null) {
        sent.reset();
      }
    }
  }
}

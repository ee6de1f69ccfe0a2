package dev.gatehouse.runtime.upstream;

import dev.gatehouse.dsl.graph.OperationSpec;
import dev.gatehouse.dsl.graph.OperationSpec.Safety;
import io.vertx.core.http.HttpMethod;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One call, ready to be sent. Confined to one event loop. */
public final class UpstreamRequest {
  private final OperationSpec operation;
  private final HttpMethod method;
  private final String uri;
  private final List<Header> headers;
  private final byte @Nullable [] body;
  private final long deadlineNanos;
  private @Nullable UpstreamException cancelled;
  private @Nullable Consumer<UpstreamException> onCancel;

  /** A header; the name is in lower case. */
  public record Header(CharSequence name, CharSequence value) {}

  /**
   * @param uri path and query, encoded
   * @param body JSON in UTF-8, sent as it is and never changed; null for none
   * @param deadlineNanos when the call must have ended, on the clock of {@link System#nanoTime()}
   */
  public UpstreamRequest(
      OperationSpec operation,
      HttpMethod method,
      String uri,
      List<Header> headers,
      byte @Nullable [] body,
      long deadlineNanos) {
    this.operation = operation;
    this.method = method;
    this.uri = uri;
    this.headers = headers;
    this.body = body;
    this.deadlineNanos = deadlineNanos;
  }

  public OperationSpec operation() {
    return operation;
  }

  public HttpMethod method() {
    return method;
  }

  /** Path and query, encoded. */
  public String uri() {
    return uri;
  }

  public List<Header> headers() {
    return headers;
  }

  /** JSON in UTF-8, not to be changed; null for none. */
  public byte @Nullable [] body() {
    return body;
  }

  /** When the call must have ended, on the clock of {@link System#nanoTime()}. */
  public long deadlineNanos() {
    return deadlineNanos;
  }

  /** Whether sending it twice does no harm. */
  public boolean isReplayable() {
    return operation.safety() != Safety.UNSAFE;
  }

  /** Gives the call up: whoever carries it out stops at once, frees what it holds and fails with {@code reason}. */
  public void cancel(UpstreamException reason) {
    if (cancelled == null) {
      cancelled = reason;
      Consumer<UpstreamException> handler = onCancel;
      if (handler != null) {
        onCancel = null;
        handler.accept(reason);
      }
    }
  }

  /** Why it was given up; null while it is wanted. */
  public @Nullable UpstreamException cancelled() {
    return cancelled;
  }

  /**
   * Sets what to do on cancellation, replacing what was set before; runs at once where it is cancelled already.
   *
   * @param handler null to forget
   */
  public void onCancel(@Nullable Consumer<UpstreamException> handler) {
    if (handler != null && cancelled != null) {
      handler.accept(cancelled);
    } else {
      onCancel = handler;
    }
  }
}

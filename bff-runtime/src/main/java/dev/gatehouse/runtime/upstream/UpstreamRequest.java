package dev.gatehouse.runtime.upstream;

import dev.gatehouse.dsl.graph.OperationSpec;
import dev.gatehouse.dsl.graph.OperationSpec.HttpTarget;
import dev.gatehouse.dsl.graph.OperationSpec.Safety;
import dev.gatehouse.runtime.discovery.Endpoint;
import io.vertx.core.http.HttpMethod;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One call, ready to be sent. Confined to one event loop. */
public final class UpstreamRequest {
  private final OperationSpec operation;
  private final HttpMethod method;
  private String uri;
  private final List<Header> headers;
  private final byte @Nullable [] body;
  private final RequestOrigin origin;
  private long deadlineNanos;
  /** With as much time, a call that does not end in time says something about its service. */
  private int resends;

  private long enoughNanos;

  private boolean hasty;
  private boolean spared;
  private Route route = Route.ANY;
  private List<Header> attemptHeaders = List.of();
  private @Nullable Endpoint endpoint;
  private List<Endpoint> avoided = List.of();
  private @Nullable Replays replays;
  private @Nullable UpstreamException cancelled;
  private @Nullable Consumer<UpstreamException> onCancel;

  /** A header; the name is in lower case. */
  public record Header(CharSequence name, CharSequence value) {}

  /**
   * Where routing sends a call.
   *
   * @param subset the labels that an instance must have; empty for any instance
   * @param authority the {@code Host} to send, {@code HOST[:PORT]}; null for the service's
   */
  public record Route(Map<String, String> subset, @Nullable String authority) {
    /** To any instance of the service. */
    public static final Route ANY = new Route(Map.of(), null);

    public Route {
      subset = Map.copyOf(subset);
    }
  }

  /** Says whether a call may be sent once more over another connection, and counts that. */
  public interface Replays {
    /**
     * Asked each time, right before.
     *
     * @param unprocessed whether the service surely has not looked at the call; otherwise it probably has not, and the call is
     *     replayable
     */
    boolean allow(boolean unprocessed);
  }

  /** A call for no request from outside. */
  public UpstreamRequest(
      OperationSpec operation,
      HttpMethod method,
      String uri,
      List<Header> headers,
      byte @Nullable [] body,
      long deadlineNanos) {
    this(operation, method, uri, headers, body, deadlineNanos, RequestOrigin.NONE);
  }

  /**
   * @param uri path and query, encoded
   * @param body JSON in UTF-8, sent as it is and never changed; null for none
   * @param deadlineNanos when the call must have ended, on the clock of {@link System#nanoTime()}
   * @param origin whose request it is made for
   */
  public UpstreamRequest(
      OperationSpec operation,
      HttpMethod method,
      String uri,
      List<Header> headers,
      byte @Nullable [] body,
      long deadlineNanos,
      RequestOrigin origin) {
    this.operation = operation;
    this.method = method;
    this.uri = uri;
    this.headers = headers;
    this.body = body;
    this.deadlineNanos = deadlineNanos;
    this.origin = origin;
  }

  /**
   * The same call for another attempt, to be cancelled apart from this one.
   *
   * @param deadlineNanos when that attempt must have ended; never later than this call
   */
  public UpstreamRequest attempt(long deadlineNanos) {
    return attempt(deadlineNanos, headers);
  }

  /** As {@link #attempt(long)}, with other headers. */
  public UpstreamRequest attempt(long deadlineNanos, List<Header> headers) {
    UpstreamRequest attempt =
        new UpstreamRequest(operation, method, uri, headers, body, this.deadlineNanos, origin);
    attempt.endBy(deadlineNanos);
    attempt.enoughNanos = enoughNanos;
    attempt.spared = spared;
    attempt.route = route;
    attempt.avoided = avoided;
    return attempt;
  }

  /** How often the call was sent before this attempt. */
  public int resends() {
    return resends;
  }

  public void resends(int resends) {
    this.resends = resends;
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

  /** Has it ask for another resource: one that routing puts in place of what the engine asked for. */
  public void uri(String uri) {
    this.uri = uri;
  }

  public List<Header> headers() {
    return headers;
  }

  /** What the current attempt alone sends, in place of headers of the same names. */
  public List<Header> attemptHeaders() {
    return attemptHeaders;
  }

  public void attemptHeaders(List<Header> attemptHeaders) {
    this.attemptHeaders = attemptHeaders;
  }

  /** JSON in UTF-8, not to be changed; null for none. */
  public byte @Nullable [] body() {
    return body;
  }

  /** When the call must have ended, on the clock of {@link System#nanoTime()}. */
  public long deadlineNanos() {
    return deadlineNanos;
  }

  /** Has the call end by a time, unless it ends earlier anyway. */
  public void endBy(long deadlineNanos) {
    if (deadlineNanos - this.deadlineNanos < 0) {
      this.deadlineNanos = deadlineNanos;
    }
  }

  /** The same call for nobody who waits, with all the time that such a call has of its own; this one's where that is not known. */
  public UpstreamRequest later() {
    long own = System.nanoTime() + 2 * enoughNanos;
    UpstreamRequest later = new UpstreamRequest(
        operation,
        method,
        uri,
        headers,
        body,
        enoughNanos > 0 && own - deadlineNanos > 0 ? own : deadlineNanos,
        origin);
    later.enoughNanos = enoughNanos;
    later.route = route;
    return later;
  }

  /** How much time is surely enough for an answer: half of what it has of its own; of several, the least. Nothing is said by 0. */
  public void enough(long nanos) {
    enoughNanos = enoughNanos == 0 ? nanos : Math.min(enoughNanos, nanos);
  }

  /**
   * It is about to be sent.
   *
   * @param usualNanos how long answers usually take at most
   */
  public void sentAt(long nowNanos, long usualNanos) {
    hasty = enoughNanos > 0 && deadlineNanos - nowNanos < Math.min(enoughNanos, usualNanos);
  }

  /**
   * Whether it was sent with so little time left that it says nothing about its service if it does not end in time. Whoever calls with little
   * time must not be able to have others' calls refused.
   */
  public boolean isHasty() {
    return hasty;
  }

  /** Has nothing that becomes of it be held against an instance. */
  public void spare() {
    spared = true;
  }

  public boolean isSpared() {
    return spared;
  }

  /** Whose request it is made for. */
  public RequestOrigin origin() {
    return origin;
  }

  /** Where routing sends it. */
  public Route route() {
    return route;
  }

  public void route(Route route) {
    this.route = route;
  }

  /** Where it was last sent; null as long as no endpoint was chosen. */
  public @Nullable Endpoint endpoint() {
    return endpoint;
  }

  public void endpoint(Endpoint endpoint) {
    this.endpoint = endpoint;
  }

  /** Where it should not be sent if there is another place: it was tried there. */
  public List<Endpoint> avoided() {
    return avoided;
  }

  public void avoid(Endpoint tried) {
    if (avoided.isEmpty()) {
      avoided = List.of(tried);
    } else if (!avoided.contains(tried)) {
      List<Endpoint> longer = new ArrayList<>(avoided);
      longer.add(tried);
      avoided = List.copyOf(longer);
    }
  }

  /** Whether sending it twice does no harm. */
  public boolean isReplayable() {
    return operation.safety() != Safety.UNSAFE
        || (operation.target() instanceof HttpTarget http && http.idempotencyKey());
  }

  /**
   * Asks whether it may be sent once more over another connection, where it is allowed to begin with.
   *
   * @param unprocessed as in {@link Replays#allow}
   */
  public boolean replay(boolean unprocessed) {
    return (unprocessed || isReplayable()) && (replays == null || replays.allow(unprocessed));
  }

  /** Sets who says whether it may be sent once more; nobody is asked where nobody is set. */
  public void replays(@Nullable Replays replays) {
    this.replays = replays;
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

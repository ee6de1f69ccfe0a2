package dev.gatehouse.runtime.config;

import java.util.List;
import java.util.Set;

/**
 * How a BFF takes part in a mesh. Immutable.
 *
 * @param shape of those services that state none
 * @param traceHeaders which headers join traces, of those that a request brings
 * @param requestIds where {@code x-request-id} comes from
 * @param propagate names of further headers that a request's calls carry on, in lower case
 */
public record MeshSettings(
    Shape shape, Set<TraceHeaders> traceHeaders, RequestIds requestIds, List<String> propagate) {
  /** The mesh client itself, W3C Trace Context, and no further header. */
  public static final MeshSettings DEFAULT =
      new MeshSettings(Shape.DIRECT, Set.of(TraceHeaders.W3C), RequestIds.AUTO, List.of());

  /** Formats in which a trace is told on. */
  public enum TraceHeaders {
    /** {@code traceparent}, {@code tracestate} and {@code baggage}. */
    W3C,
    /** B3 in one header, {@code b3}. */
    B3,
    /** B3 in a header each, {@code x-b3-traceid} and so on. */
    B3_MULTI
  }

  /** Where {@code x-request-id} comes from. */
  public enum RequestIds {
    /** As {@link #GENERATE} in shape {@link Shape#SIDECAR}, where proxies would give each call one of its own; else as {@link #PASS}. */
    AUTO,
    /** From the request, where it brings one. */
    PASS,
    /** From the request, where it brings one, else a new one for all of its calls. */
    GENERATE
  }

  public MeshSettings {
    traceHeaders = Set.copyOf(traceHeaders);
    propagate = List.copyOf(propagate);
  }

  public MeshSettings withShape(Shape shape) {
    return new MeshSettings(shape, traceHeaders, requestIds, propagate);
  }

  public MeshSettings withTraceHeaders(TraceHeaders... formats) {
    return new MeshSettings(shape, Set.of(formats), requestIds, propagate);
  }

  public MeshSettings withRequestIds(RequestIds requestIds) {
    return new MeshSettings(shape, traceHeaders, requestIds, propagate);
  }

  public MeshSettings withPropagate(String... names) {
    return new MeshSettings(shape, traceHeaders, requestIds, List.of(names));
  }

  /** Whether a request that brings no {@code x-request-id} is given one. */
  public boolean generatesRequestIds() {
    return requestIds == RequestIds.GENERATE
        || (requestIds == RequestIds.AUTO && shape == Shape.SIDECAR);
  }
}

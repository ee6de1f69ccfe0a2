package dev.gatehouse.runtime.door;

import dev.gatehouse.runtime.upstream.UpstreamRequest.Header;
import io.netty.util.AsciiString;
import io.vertx.core.MultiMap;
import java.util.ArrayList;
import java.util.List;

/** The headers of a request that its calls carry on: those by which meshes join traces (W3C Trace Context, B3, Envoy). */
public final class Propagation {
  private static final AsciiString[] NAMES = {
    AsciiString.cached("traceparent"),
    AsciiString.cached("tracestate"),
    AsciiString.cached("b3"),
    AsciiString.cached("x-request-id")
  };

  private Propagation() {}

  public static List<Header> of(MultiMap headers) {
    List<Header> found = null;
    for (AsciiString name : NAMES) {
      String value = headers.get(name);
      if (value != null) {
        found = found == null ? new ArrayList<>(NAMES.length) : found;
        found.add(new Header(name, value));
      }
    }
    return found == null ? List.of() : found;
  }
}

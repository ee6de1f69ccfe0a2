package dev.gatehouse.runtime.door;

import dev.gatehouse.runtime.config.MeshSettings;
import dev.gatehouse.runtime.config.MeshSettings.TraceHeaders;
import dev.gatehouse.runtime.upstream.UpstreamRequest.Header;
import io.netty.util.AsciiString;
import io.vertx.core.MultiMap;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * The headers of a request that its calls carry on: those that join traces, {@code x-request-id}, and those that the configuration
 * declares. All others stay outside. Immutable.
 *
 * <p>They come from outside, so what is no clean, short text of visible ASCII is left out.
 */
public final class Propagation {
  private static final AsciiString TRACEPARENT = AsciiString.cached("traceparent");
  private static final AsciiString TRACESTATE = AsciiString.cached("tracestate");
  private static final AsciiString BAGGAGE = AsciiString.cached("baggage");
  private static final AsciiString REQUEST_ID = AsciiString.cached("x-request-id");
  private static final List<String> B3_FIELDS =
      List.of("x-b3-traceid", "x-b3-spanid", "x-b3-parentspanid", "x-b3-sampled", "x-b3-flags");

  private static final int MAX_ID = 128;
  private static final int MAX_TRACESTATE = 2048;
  private static final int MAX_BAGGAGE = 8192; // W3C Baggage, section 3.3.2
  private static final int MAX_DECLARED = 1024;
  /** Of a W3C {@code traceparent}: version, trace id, parent id, flags, in hexadecimal digits. */
  private static final int[] FIELDS = {2, 32, 16, 2};

  private final boolean w3c;
  private final boolean generatesRequestIds;
  private final Carried[] others;

  private record Carried(AsciiString name, int maxLength) {}

  private Propagation(boolean w3c, boolean generatesRequestIds, List<Carried> others) {
    this.w3c = w3c;
    this.generatesRequestIds = generatesRequestIds;
    this.others = others.toArray(new Carried[0]);
  }

  /** As a BFF's settings say. */
  public static Propagation of(MeshSettings settings) {
    List<Carried> others = new ArrayList<>();
    if (settings.traceHeaders().contains(TraceHeaders.B3)) {
      others.add(new Carried(AsciiString.cached("b3"), MAX_ID));
    }
    if (settings.traceHeaders().contains(TraceHeaders.B3_MULTI)) {
      B3_FIELDS.forEach(name -> others.add(new Carried(AsciiString.cached(name), MAX_ID)));
    }
    for (String name : settings.propagate()) {
      others.add(new Carried(AsciiString.cached(name.toLowerCase(Locale.ROOT)), MAX_DECLARED));
    }
    return new Propagation(
        settings.traceHeaders().contains(TraceHeaders.W3C), settings.generatesRequestIds(), others);
  }

  /** What the calls of a request with these headers carry on. */
  public List<Header> from(MultiMap headers) {
    List<Header> found = null;
    if (w3c) {
      String parent = headers.get(TRACEPARENT);
      if (parent != null && isTraceparent(parent)) {
        found = add(found, TRACEPARENT, parent);
        found = addList(found, headers, TRACESTATE, MAX_TRACESTATE);
      }
      found = addList(found, headers, BAGGAGE, MAX_BAGGAGE);
    }
    String id = headers.get(REQUEST_ID);
    if (id != null && isClean(id, MAX_ID)) {
      found = add(found, REQUEST_ID, id);
    } else if (generatesRequestIds) {
      found = add(found, REQUEST_ID, newId());
    }
    for (Carried carried : others) {
      String value = headers.get(carried.name());
      if (value != null && isClean(value, carried.maxLength())) {
        found = add(found, carried.name(), value);
      }
    }
    return found == null ? List.of() : found;
  }

  private static List<Header> add(@Nullable List<Header> to, AsciiString name, String value) {
    List<Header> list = to == null ? new ArrayList<>(4) : to;
    list.add(new Header(name, value));
    return list;
  }

  /** A header that is a list, and so may come in several lines. */
  private static @Nullable List<Header> addList(
      @Nullable List<Header> to, MultiMap headers, AsciiString name, int maxLength) {
    if (!headers.contains(name)) {
      return to;
    }
    String value = String.join(",", headers.getAll(name));
    return isClean(value, maxLength) ? add(to, name, value) : to;
  }

  private static boolean isClean(String value, int maxLength) {
    if (value.isEmpty() || value.length() > maxLength) {
      return false;
    }
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c < ' ' || c > '~') {
        return false;
      }
    }
    return true;
  }

  /** W3C Trace Context, section 3.2: other versions than 00 may have more behind. */
  private static boolean isTraceparent(String value) {
    int at = 0;
    for (int field = 0; field < FIELDS.length; field++) {
      if (field > 0 && (at >= value.length() || value.charAt(at++) != '-')) {
        return false;
      }
      boolean zero = true;
      for (int end = at + FIELDS[field]; at < end; at++) {
        char c = at < value.length() ? value.charAt(at) : ' ';
        if ((c < '0' || c > '9') && (c < 'a' || c > 'f')) {
          return false;
        }
        zero &= c == '0';
      }
      if (zero && (field == 1 || field == 2)) {
        return false; // an id of zeros is none
      }
    }
    return at == value.length()
        || (!value.startsWith("00") && value.charAt(at) == '-' && isClean(value, MAX_ID));
  }

  /** Tells requests apart, and keeps no secret: no secure source is needed. */
  private static String newId() {
    ThreadLocalRandom random = ThreadLocalRandom.current();
    long high = (random.nextLong() & ~0xF000L) | 0x4000L;
    long low = (random.nextLong() >>> 2) | Long.MIN_VALUE;
    return new UUID(high, low).toString();
  }
}

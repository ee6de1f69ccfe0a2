package dev.gatehouse.runtime.door;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Why a request was not served, as a client is told: problem details after RFC 9457. Immutable.
 *
 * <p>The type is always {@code about:blank}, so that {@code title} is the status's own phrase; programs tell problems apart by
 * {@code code}. What it says is for the public: never the name of a service, an address, a class or a stack.
 *
 * @param status the HTTP status, 400 to 599
 * @param code a stable name in lower snake case, such as {@code unknown_parameter}
 * @param detail what was found, what was expected and the mend, for people; null where the status says it all
 * @param errors the single faults of the request, all of them; empty where there are none to tell apart
 * @param headers sent with it, such as {@code allow} of a 405
 */
public record Problem(
    int status, String code, @Nullable String detail, List<Fault> errors, List<Header> headers) {

  /** The media type. */
  public static final String MEDIA_TYPE = "application/problem+json";

  /**
   * One fault of a request.
   *
   * @param in where it is
   * @param at a JSON pointer (RFC 6901) in a body, else the name of the parameter or header; null for the path as a whole
   * @param detail what was found, what was expected and the mend
   */
  public record Fault(In in, @Nullable String at, String detail) {}

  /** The part of a request that a fault is in. */
  public enum In {
    PATH("path"),
    QUERY("query"),
    HEADER("header"),
    BODY("body");

    private final String label;

    In(String label) {
      this.label = label;
    }

    /** The name in OpenAPI's terms. */
    public String label() {
      return label;
    }
  }

  /** A header sent with a problem; the name is in lower case. */
  public record Header(String name, String value) {}

  public Problem {
    if (status < 400 || status > 599) {
      throw new IllegalArgumentException("status: " + status + " (expected: 400 to 599)");
    }
    errors = List.copyOf(errors);
    headers = List.copyOf(headers);
  }

  public static Problem of(int status, String code, @Nullable String detail) {
    return new Problem(status, code, detail, List.of(), List.of());
  }

  /** This problem with these faults. */
  public Problem withErrors(List<Fault> faults) {
    return new Problem(status, code, detail, faults, headers);
  }

  /** This problem with one more header. */
  public Problem withHeader(String name, String value) {
    List<Header> more = new ArrayList<>(headers);
    more.add(new Header(name, value));
    return new Problem(status, code, detail, errors, more);
  }

  /** The status's phrase after RFC 9110 and RFC 6585. */
  public String title() {
    return StatusPhrase.of(status);
  }

  /** The document. */
  public Buffer json() {
    JsonObject document = new JsonObject()
        .put("type", "about:blank")
        .put("title", title())
        .put("status", status)
        .put("code", code);
    if (detail != null) {
      document.put("detail", detail);
    }
    if (!errors.isEmpty()) {
      JsonArray faults = new JsonArray();
      for (Fault fault : errors) {
        faults.add(json(fault));
      }
      document.put("errors", faults);
    }
    return document.toBuffer();
  }

  private static JsonObject json(Fault fault) {
    JsonObject document = new JsonObject().put("in", fault.in().label());
    if (fault.at() != null) {
      document.put(fault.in() == In.BODY ? "pointer" : "parameter", fault.at());
    }
    return document.put("detail", fault.detail());
  }

  /**
   * Answers a request with this problem. Headers that are set already stay. Does nothing where an answer has begun or the client
   * has gone.
   */
  public void answer(HttpServerRequest request) {
    HttpServerResponse response = request.response();
    if (response.headWritten() || response.ended() || response.closed()) {
      return;
    }
    Buffer body = json();
    response.setStatusCode(status);
    response.putHeader(HttpHeaderNames.CONTENT_TYPE, MEDIA_TYPE);
    response.putHeader(HttpHeaderNames.CONTENT_LENGTH, Integer.toString(body.length()));
    response.putHeader(HttpHeaderNames.CACHE_CONTROL, "no-store");
    for (Header header : headers) {
      response.putHeader(header.name(), header.value());
    }
    if (request.method().equals(HttpMethod.HEAD)) {
      response.end();
    } else {
      response.end(body);
    }
  }
}

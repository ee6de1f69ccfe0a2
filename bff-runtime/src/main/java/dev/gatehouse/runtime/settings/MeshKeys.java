package dev.gatehouse.runtime.settings;

import dev.gatehouse.runtime.config.MeshSettings;
import dev.gatehouse.runtime.config.MeshSettings.RequestIds;
import dev.gatehouse.runtime.config.MeshSettings.TraceHeaders;
import dev.gatehouse.runtime.config.Shape;
import dev.gatehouse.runtime.discovery.Endpoint;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** How the process takes part in a mesh, and what of that a BFF does in another way. */
final class MeshKeys {
  private static final Pattern HEADER = Pattern.compile("[!#$%&'*+.^_`|~0-9a-z-]{1,64}");
  /** What concerns one connection only, or is the client's own to say. */
  private static final Set<String> NEVER = Set.of(
      "connection",
      "keep-alive",
      "proxy-authenticate",
      "proxy-authorization",
      "proxy-connection",
      "te",
      "trailer",
      "transfer-encoding",
      "upgrade",
      "http2-settings",
      "host",
      "accept",
      "accept-encoding",
      "content-encoding",
      "content-length",
      "content-type",
      "expect",
      "grpc-timeout",
      "idempotency-key",
      "range",
      "x-envoy-expected-rq-timeout-ms");

  private static final ValueType<Shape> SHAPES = ValueTypes.choice(Shape.class);
  private static final ValueType<RequestIds> REQUEST_ID_SOURCES =
      ValueTypes.choice(RequestIds.class);
  private static final ValueType<Set<TraceHeaders>> TRACE_FORMATS = ValueTypes.list(
      "list of `w3c`, `b3`, `b3-multi`",
      "w3c, b3 or b3-multi, or several of them",
      MeshKeys::format,
      format -> format.name().toLowerCase(Locale.ROOT).replace('_', '-'),
      formats -> formats.isEmpty() ? EnumSet.noneOf(TraceHeaders.class) : EnumSet.copyOf(formats));
  static final ValueType<List<String>> HEADER_NAMES = ValueTypes.list(
      "list of header names",
      "names of headers, such as x-canary; none that belongs to one connection, or that the mesh client sets",
      MeshKeys::headerName,
      name -> name,
      names -> names);

  static final Setting<Shape> SHAPE = mesh(
      "shape",
      SHAPES,
      MeshSettings.DEFAULT.shape(),
      "Who carries calls to services: the BFF itself, or a proxy beside it.");
  static final Setting<List<Endpoint>> SIDECAR_PROXY = Setting.of(
      Section.MESH,
      "sidecar.proxy",
      ValueTypes.endpoints(),
      null,
      "The proxy's address, such as `http://127.0.0.1:15001`, in shape `sidecar`; not given where it intercepts calls on their way.");
  static final Setting<List<String>> PROPAGATE = mesh(
      "propagate",
      HEADER_NAMES,
      MeshSettings.DEFAULT.propagate(),
      "Headers of a request that its calls carry on, for routing in the mesh. They come from outside, unchecked.");
  static final Setting<Set<TraceHeaders>> TRACE_HEADERS = mesh(
      "trace-headers",
      TRACE_FORMATS,
      MeshSettings.DEFAULT.traceHeaders(),
      "In which formats a trace is told on, of those that a request brings.");
  static final Setting<RequestIds> REQUEST_ID = mesh(
      "request-id",
      REQUEST_ID_SOURCES,
      MeshSettings.DEFAULT.requestIds(),
      "Whether calls of a request that brings no `x-request-id` get a new one; `auto` is `generate` in shape `sidecar`, else `pass`.");
  static final Setting<Boolean> GRPC_TIMEOUT = mesh(
      "grpc-timeout",
      ValueTypes.flag(),
      false,
      "Whether calls tell the time left in `grpc-timeout`, too, and not only in `x-envoy-expected-rq-timeout-ms`.");

  static final Setting<Shape> BFF_SHAPE =
      Setting.of(Section.BFF, "mesh.shape", SHAPES, null, "As `mesh.shape`, for this BFF.");
  static final Setting<List<String>> BFF_PROPAGATE = Setting.of(
      Section.BFF, "mesh.propagate", HEADER_NAMES, null, "As `mesh.propagate`, for this BFF.");
  static final Setting<Set<TraceHeaders>> BFF_TRACE_HEADERS = Setting.of(
      Section.BFF,
      "mesh.trace-headers",
      TRACE_FORMATS,
      null,
      "As `mesh.trace-headers`, for this BFF.");
  static final Setting<RequestIds> BFF_REQUEST_ID = Setting.of(
      Section.BFF,
      "mesh.request-id",
      REQUEST_ID_SOURCES,
      null,
      "As `mesh.request-id`, for this BFF.");

  static final Setting<Shape> SERVICE_SHAPE =
      Setting.of(Section.SERVICE, "shape", SHAPES, null, "As `mesh.shape`, for this service.");

  static final List<Setting<?>> ALL = List.of(
      SHAPE,
      SIDECAR_PROXY,
      PROPAGATE,
      TRACE_HEADERS,
      REQUEST_ID,
      GRPC_TIMEOUT,
      BFF_SHAPE,
      BFF_PROPAGATE,
      BFF_TRACE_HEADERS,
      BFF_REQUEST_ID,
      SERVICE_SHAPE);

  private MeshKeys() {}

  /** For a BFF that states nothing of its own. */
  static MeshSettings readProcess(Values values) {
    return new MeshSettings(
        values.get(SHAPE, ""),
        values.get(TRACE_HEADERS, ""),
        values.get(REQUEST_ID, ""),
        values.get(PROPAGATE, ""));
  }

  static MeshSettings readBff(Values values, String name) {
    return new MeshSettings(
        values.get(BFF_SHAPE, name, SHAPE),
        values.get(BFF_TRACE_HEADERS, name, TRACE_HEADERS),
        values.get(BFF_REQUEST_ID, name, REQUEST_ID),
        values.get(BFF_PROPAGATE, name, PROPAGATE));
  }

  private static TraceHeaders format(String text) {
    return TraceHeaders.valueOf(text.toUpperCase(Locale.ROOT).replace('-', '_'));
  }

  private static String headerName(String text) {
    String name = text.toLowerCase(Locale.ROOT);
    if (!HEADER.matcher(name).matches() || NEVER.contains(name)) {
      throw new IllegalArgumentException(text);
    }
    return name;
  }

  private static <T> Setting<T> mesh(
      String leaf, ValueType<T> type, T byDefault, String description) {
    return Setting.of(Section.MESH, leaf, type, byDefault, description);
  }
}

package dev.gatehouse.runtime.door;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.runtime.config.MeshSettings;
import dev.gatehouse.runtime.config.MeshSettings.RequestIds;
import dev.gatehouse.runtime.config.MeshSettings.TraceHeaders;
import dev.gatehouse.runtime.config.Shape;
import io.vertx.core.MultiMap;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Which headers of a request its calls carry on. */
class PropagationTest {
  private static final String PARENT = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

  private final MultiMap headers = MultiMap.caseInsensitiveMultiMap();

  private List<String> from(MeshSettings settings) {
    List<String> texts = new ArrayList<>();
    Propagation.of(settings)
        .from(headers)
        .forEach(header -> texts.add(header.name() + ": " + header.value()));
    return texts;
  }

  @Test
  void aTraceIsToldOnAsTheW3cSays() {
    headers.set("Traceparent", PARENT).set("tracestate", "a=1").set("baggage", "k=v");
    headers.add("tracestate", "b=2");

    assertThat(from(MeshSettings.DEFAULT))
        .containsExactly("traceparent: " + PARENT, "tracestate: a=1,b=2", "baggage: k=v");
  }

  @Test
  void aTraceWithoutAValidParentIsNone() {
    headers.set("tracestate", "a=1");
    for (String parent : List.of(
        "",
        "00",
        PARENT.toUpperCase(java.util.Locale.ROOT),
        PARENT + "-00",
        PARENT.replace("0af7651916cd43dd8448eb211c80319c", "0".repeat(32)),
        PARENT.replace("b7ad6b7169203331", "0".repeat(16)))) {
      headers.set("traceparent", parent);
      assertThat(from(MeshSettings.DEFAULT)).as(parent).isEmpty();
    }
    headers.set("traceparent", "01" + PARENT.substring(2) + "-more");
    assertThat(from(MeshSettings.DEFAULT)).hasSize(2);
  }

  @Test
  void b3IsToldOnWhereItIsConfigured() {
    headers.set("b3", "0").set("x-b3-traceid", "463ac35c9f6413ad").set("x-b3-sampled", "1");

    assertThat(from(MeshSettings.DEFAULT)).isEmpty();
    assertThat(from(MeshSettings.DEFAULT.withTraceHeaders(TraceHeaders.B3)))
        .containsExactly("b3: 0");
    assertThat(from(MeshSettings.DEFAULT.withTraceHeaders(TraceHeaders.B3_MULTI)))
        .containsExactly("x-b3-traceid: 463ac35c9f6413ad", "x-b3-sampled: 1");
  }

  @Test
  void onlyDeclaredHeadersAreCarriedOn() {
    headers.set("X-Canary", "yes").set("x-user", "root").set("cookie", "session=1");

    assertThat(from(MeshSettings.DEFAULT)).isEmpty();
    assertThat(from(MeshSettings.DEFAULT.withPropagate("x-canary")))
        .containsExactly("x-canary: yes");
  }

  @Test
  void whatIsNoShortCleanTextStaysOutside() {
    MeshSettings settings = MeshSettings.DEFAULT.withPropagate("x-canary");
    for (String value : List.of("", "a\tb", "a\u00e9", "a\nb", "x".repeat(1025))) {
      headers.set("x-canary", value).set("baggage", value + "x".repeat(8000));
      headers.set("x-request-id", value);
      assertThat(from(settings)).doesNotContain("x-canary: " + value, "x-request-id: " + value);
    }
    headers.clear().set("x-request-id", "x".repeat(129));
    assertThat(from(settings)).isEmpty();
  }

  @Test
  void aRequestIdIsMadeWhereSidecarsWouldGiveEachCallItsOwn() {
    assertThat(from(MeshSettings.DEFAULT)).isEmpty();
    assertThat(from(MeshSettings.DEFAULT.withRequestIds(RequestIds.GENERATE))).hasSize(1);
    MeshSettings sidecar = MeshSettings.DEFAULT.withShape(Shape.SIDECAR);
    assertThat(from(sidecar))
        .singleElement()
        .asString()
        .matches("x-request-id: [0-9a-f]{8}-"
            + "[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}");
    assertThat(from(sidecar.withRequestIds(RequestIds.PASS))).isEmpty();

    headers.set("x-request-id", "mine");
    assertThat(from(sidecar)).containsExactly("x-request-id: mine");
  }
}

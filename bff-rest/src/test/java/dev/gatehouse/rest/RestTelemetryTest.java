package dev.gatehouse.rest;

import static dev.gatehouse.dsl.Access.anyone;
import static dev.gatehouse.rest.RestDoor.rest;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.gatehouse.dsl.Bff;
import dev.gatehouse.runtime.BffVerticle;
import dev.gatehouse.runtime.config.BffSettings;
import dev.gatehouse.runtime.config.BffSettings.Listener;
import dev.gatehouse.runtime.config.LogFormat;
import dev.gatehouse.runtime.config.ManagementSettings;
import dev.gatehouse.runtime.management.Management;
import dev.gatehouse.runtime.policy.RetryPolicy;
import dev.gatehouse.runtime.policy.RetryPolicy.Budget;
import dev.gatehouse.runtime.policy.ServicePolicy;
import dev.gatehouse.runtime.settings.GatehouseSettings;
import dev.gatehouse.runtime.telemetry.Metrics;
import dev.gatehouse.runtime.upstream.ServiceSettings;
import dev.gatehouse.testing.StubServices;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.propagation.ContextPropagators;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** Spans and log lines of requests to a BFF. */
class RestTelemetryTest {
  private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";
  private static final String PARENT = "00-" + TRACE + "-b7ad6b7169203331-01";
  private static final Bff BFF =
      Bff.named("web").open(rest().get("/pages/{id}", Shop.PAGE).allow(anyone()));

  private final Vertx vertx = Vertx.vertx();
  private final StubServices services = new StubServices(vertx);
  private final Metrics metrics = Metrics.prometheus();
  private final Management management = new Management(vertx, metrics);
  private final InMemorySpanExporter exported = InMemorySpanExporter.create();
  private final SdkTracerProvider tracers = SdkTracerProvider.builder()
      .addSpanProcessor(SimpleSpanProcessor.create(exported))
      .build();
  private final OpenTelemetry recording = OpenTelemetrySdk.builder()
      .setTracerProvider(tracers)
      .setPropagators(ContextPropagators.create(W3CTraceContextPropagator.getInstance()))
      .build();
  private final ListAppender<ILoggingEvent> logged = new ListAppender<>();
  private ServicePolicy policy = ServicePolicy.DEFAULT;
  private String deployment = "";
  private final Logger access = (Logger) LoggerFactory.getLogger("dev.gatehouse.access");

  @BeforeEach
  void begin() {
    access.setLevel(Level.INFO);
    access.setAdditive(false);
    logged.start();
    access.addAppender(logged);
    await(management.listen(new ManagementSettings(true, "127.0.0.1", 0)));
    services
        .json("/products/p1", "{\"id\":\"p1\",\"name\":\"Kettle\"}")
        .json("/prices/p1", "{\"amount\":1.10,\"currency\":\"EUR\"}")
        .json("/reviews", "[]");
  }

  @AfterEach
  void end() {
    access.detachAppender(logged);
    access.setLevel(null);
    access.setAdditive(true);
    await(vertx.close());
    tracers.close();
    metrics.close();
  }

  @Test
  void eachAttemptHasASpanBelowTheRequestsAndTheServiceIsToldOfIt() throws Exception {
    deploy(recording, LogFormat.TEXT);

    assertThat(get("/pages/p1", "traceparent", PARENT).statusCode()).isEqualTo(200);
    stop();

    List<SpanData> spans = exported.getFinishedSpanItems();
    SpanData server = spans.stream()
        .filter(span -> span.getKind() == SpanKind.SERVER)
        .findFirst()
        .orElseThrow();
    assertThat(server.getName()).isEqualTo("GET /pages/{id}");
    assertThat(server.getTraceId()).isEqualTo(TRACE);
    assertThat(server.getParentSpanId()).isEqualTo("b7ad6b7169203331");
    assertThat(server.getAttributes().asMap())
        .containsEntry(AttributeKey.stringKey("http.route"), "/pages/{id}")
        .containsEntry(AttributeKey.stringKey("url.path"), "/pages/p1")
        .containsEntry(AttributeKey.longKey("http.response.status_code"), 200L);
    List<SpanData> attempts =
        spans.stream().filter(span -> span.getKind() == SpanKind.CLIENT).toList();
    assertThat(attempts).hasSize(3).allSatisfy(attempt -> {
      assertThat(attempt.getParentSpanId()).isEqualTo(server.getSpanId());
      assertThat(traceParents()).contains("00-" + TRACE + "-" + attempt.getSpanId() + "-01");
    });
    assertThat(attempts)
        .extracting(SpanData::getName)
        .containsExactlyInAnyOrder(
            "GET /products/{id}", "GET /prices/{id}", "GET /reviews{?product}");
    assertThat(attempts)
        .extracting(span -> span.getAttributes().get(AttributeKey.stringKey("url.full")))
        .contains(services.url() + "/reviews");
  }

  @Test
  void eachAttemptThatFailsSaysWhyAndHowOftenTheCallWasSentBefore() throws Exception {
    services.at("/prices/p1", request -> request.response().setStatusCode(503).end());
    policy = ServicePolicy.DEFAULT.withRetry(RetryPolicy.DEFAULT
        .withBackoff(Duration.ZERO, Duration.ZERO)
        .withBudget(new Budget(100, 10)));
    deploy(recording, LogFormat.TEXT);

    assertThat(get("/pages/p1").statusCode()).isEqualTo(200);
    stop();

    List<SpanData> attempts = exported.getFinishedSpanItems().stream()
        .filter(span -> span.getName().equals("GET /prices/{id}"))
        .toList();
    URI at = URI.create(services.url());
    assertThat(attempts).hasSize(3).allSatisfy(span -> {
      assertThat(span.getStatus().getStatusCode()).isEqualTo(StatusCode.ERROR);
      assertThat(span.getAttributes().asMap())
          .containsEntry(AttributeKey.stringKey("error.type"), "503")
          .containsEntry(AttributeKey.longKey("http.response.status_code"), 503L)
          .containsEntry(AttributeKey.stringKey("http.request.method"), "GET")
          .containsEntry(AttributeKey.stringKey("server.address"), at.getHost())
          .containsEntry(AttributeKey.longKey("server.port"), (long) at.getPort())
          .containsEntry(AttributeKey.stringKey("url.full"), services.url() + "/prices/p1")
          .containsEntry(AttributeKey.stringKey("url.template"), "/prices/{id}")
          .containsEntry(AttributeKey.stringKey("gatehouse.service"), "pricing");
    });
    assertThat(attempts).extracting(SpanData::getSpanId).doesNotHaveDuplicates();
    assertThat(attempts)
        .extracting(
            span -> span.getAttributes().get(AttributeKey.longKey("http.request.resend_count")))
        .containsExactly(null, 1L, 2L);
  }

  @Test
  void withoutARecorderTheLogNamesTheTraceOfTheRequestAndServicesAreToldOfIt() throws Exception {
    deploy(OpenTelemetry.noop(), LogFormat.TEXT);

    get("/pages/p1", "traceparent", PARENT);
    stop();

    assertThat(logged.list)
        .singleElement()
        .satisfies(event -> assertThat(event.getMessage())
            .startsWith("bff=web method=GET route=/pages/{id} status=200 ")
            .endsWith(" trace_id=" + TRACE));
    assertThat(traceParents()).containsOnly(PARENT);
  }

  @Test
  void aTraceThatIsNoneIsNotLogged() throws Exception {
    deploy(OpenTelemetry.noop(), LogFormat.TEXT);

    get("/pages/p1", "traceparent", "00-" + "0".repeat(32) + "-b7ad6b7169203331-01");
    get("/pages/p1", "traceparent", "00-x status=200 y-" + PARENT);
    stop();

    assertThat(logged.list)
        .hasSize(2)
        .allSatisfy(event -> assertThat(event.getMessage()).doesNotContain("trace_id"));
  }

  @Test
  void asJsonTheFieldsAreKeyValuePairs() throws Exception {
    deploy(OpenTelemetry.noop(), LogFormat.JSON);

    get("/pages/p1", "traceparent", PARENT);
    stop();

    assertThat(logged.list).singleElement().satisfies(event -> {
      assertThat(event.getMessage()).isEqualTo("request");
      Map<String, Object> pairs = event.getKeyValuePairs().stream()
          .collect(Collectors.toMap(pair -> pair.key, pair -> pair.value));
      assertThat(pairs)
          .containsEntry("bff", "web")
          .containsEntry("status", 200L)
          .containsEntry("calls", 3L)
          .containsEntry("trace_id", TRACE);
    });
  }

  private void deploy(OpenTelemetry openTelemetry, LogFormat format) {
    BffSettings bff = BffSettings.named("web").toBuilder()
        .listener(Listener.DEFAULT.withHost("127.0.0.1").withPort(0))
        .logFormat(format)
        .build();
    GatehouseSettings settings = GatehouseSettings.DEFAULT.withBff(bff);
    for (String service : List.of("catalog", "pricing", "reviews", "users")) {
      settings = settings.withService(
          service, ServiceSettings.at(services.url()).toBuilder().policy(policy).build());
    }
    deployment = await(vertx.deployVerticle(
        BffVerticle.of(BFF)
            .withSettings(settings)
            .withMetrics(metrics)
            .withManagement(management)
            .withOpenTelemetry(openTelemetry),
        new DeploymentOptions()));
  }

  /** Requests are logged and their spans ended after their answers, but before the event loop does anything else. */
  private void stop() {
    await(vertx.undeploy(deployment));
  }

  private List<String> traceParents() {
    return services.headers().stream()
        .filter(header -> header.getKey().equals("traceparent"))
        .map(Map.Entry::getValue)
        .toList();
  }

  private HttpResponse<String> get(String path, String... headers) throws Exception {
    int port = new JsonObject(send(management.port(), "/health/ready").body())
        .getJsonObject("bffs")
        .getJsonObject("web")
        .getInteger("port");
    return send(port, path, headers);
  }

  private static HttpResponse<String> send(int port, String path, String... headers)
      throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return HttpClient.newHttpClient().send(request.build(), BodyHandlers.ofString());
  }

  private static <T> T await(Future<T> future) {
    return future.toCompletionStage().toCompletableFuture().join();
  }
}

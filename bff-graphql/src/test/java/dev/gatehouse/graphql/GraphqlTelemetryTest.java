package dev.gatehouse.graphql;

import static dev.gatehouse.dsl.Access.anyone;
import static dev.gatehouse.graphql.GraphqlDoor.graphql;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.dsl.Bff;
import dev.gatehouse.runtime.BffVerticle;
import dev.gatehouse.runtime.config.BffSettings;
import dev.gatehouse.runtime.config.BffSettings.Listener;
import dev.gatehouse.runtime.config.ManagementSettings;
import dev.gatehouse.runtime.management.Management;
import dev.gatehouse.runtime.settings.GatehouseSettings;
import dev.gatehouse.runtime.telemetry.Metrics;
import dev.gatehouse.testing.HttpClients;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.trace.ReadWriteSpan;
import io.opentelemetry.sdk.trace.ReadableSpan;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.SpanProcessor;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Spans of requests, however they are answered. */
class GraphqlTelemetryTest {
  private final Vertx vertx = Vertx.vertx();
  private final Spans spans = new Spans();
  private final SdkTracerProvider tracers =
      SdkTracerProvider.builder().addSpanProcessor(spans).build();

  @AfterEach
  void close() throws Exception {
    await(vertx.close());
    tracers.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "application/json",
        "application/graphql-response+json",
        "multipart/mixed;incrementalSpec=v0.2",
        "text/event-stream"
      })
  void everyRequestHasOneSpanThatEnds(String accept) throws Exception {
    Metrics metrics = Metrics.prometheus();
    Management management = new Management(vertx, metrics);
    await(management.listen(new ManagementSettings(true, "127.0.0.1", 0)));
    GatehouseSettings settings = GatehouseSettings.DEFAULT
        .withWarmUp(Duration.ZERO)
        .withBff(BffSettings.named("web").toBuilder()
            .listener(Listener.DEFAULT.withHost("127.0.0.1").withPort(0))
            .build());
    String deployed = await(vertx.deployVerticle(
        BffVerticle.of(Bff.named("web").open(graphql().query("who", Shop.WHO).allow(anyone())))
            .withSettings(settings)
            .withMetrics(metrics)
            .withManagement(management)
            .withOpenTelemetry(
                OpenTelemetrySdk.builder().setTracerProvider(tracers).build()),
        new DeploymentOptions()));

    int port = new JsonObject(
            new HttpClients(management.port()).get("/health/ready").body())
        .getJsonObject("bffs")
        .getJsonObject("web")
        .getInteger("port");
    String answer = new HttpClients(port)
        .send(
            "POST",
            "/graphql",
            "{\"query\":\"{ who }\"}",
            "content-type",
            "application/json",
            "accept",
            accept)
        .body();
    await(vertx.undeploy(deployed)); // after what the answer leaves to be done

    assertThat(answer).contains("{\"who\":\"nobody\"}");
    assertThat(spans.begun).singleElement().isEqualTo(SpanKind.SERVER);
    assertThat(spans.ended).singleElement().isEqualTo("POST query who");
    metrics.close();
  }

  private static <T> T await(Future<T> future) throws Exception {
    return future.toCompletionStage().toCompletableFuture().get(60, TimeUnit.SECONDS);
  }

  private static final class Spans implements SpanProcessor {
    final List<SpanKind> begun = new CopyOnWriteArrayList<>();
    final List<String> ended = new CopyOnWriteArrayList<>();

    @Override
    public void onStart(Context parent, ReadWriteSpan span) {
      begun.add(span.getKind());
    }

    @Override
    public boolean isStartRequired() {
      return true;
    }

    @Override
    public void onEnd(ReadableSpan span) {
      ended.add(span.getName());
    }

    @Override
    public boolean isEndRequired() {
      return true;
    }
  }
}

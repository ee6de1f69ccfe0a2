package dev.gatehouse.runtime.launch;

import static dev.gatehouse.dsl.Access.anyone;
import static dev.gatehouse.runtime.testdoor.TestDoor.test;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import dev.gatehouse.dsl.Bff;
import dev.gatehouse.dsl.Caller;
import dev.gatehouse.dsl.Composite;
import dev.gatehouse.dsl.Operation;
import dev.gatehouse.dsl.Service;
import dev.gatehouse.runtime.door.DoorContext;
import dev.gatehouse.runtime.engine.Inputs;
import dev.gatehouse.runtime.policy.PolicyStore;
import dev.gatehouse.runtime.policy.ServicePolicy;
import dev.gatehouse.runtime.reload.ConfigurationReload;
import dev.gatehouse.runtime.settings.SettingsSources;
import dev.gatehouse.runtime.telemetry.Metrics;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;
import io.vertx.core.transport.Transport;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.slf4j.LoggerFactory;

/** A process whose BFFs ask the service {@code catalog} for their only page, with a configuration file that changes. */
final class ReloadedProcess implements AutoCloseable {
  private static final Operation<String, String> NAME =
      Service.named("catalog").get("/names/{id}").returns(String.class);
  private static final Composite<String, String> PAGE =
      Composite.named("Page", String.class, id -> NAME.call(id));
  private static final String WITHOUT_LOOKING_BY_ITSELF = """
      warm-up: 0s
      reload-interval: 0s
      """;

  private final Vertx services = Vertx.vertx();
  private final Vertx vertx;
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final PolicyStore policies = new PolicyStore();
  private final List<ILoggingEvent> logged = new CopyOnWriteArrayList<>();
  private final Logger logger = (Logger) LoggerFactory.getLogger(ConfigurationReload.class);
  private final AppenderBase<ILoggingEvent> appender = new AppenderBase<>() {
    @Override
    protected void append(ILoggingEvent event) {
      logged.add(event);
    }
  };
  private final Level levelBefore = logger.getLevel();
  private final Path file;
  private final String catalog;
  private final String other;
  private final String elsewhere;
  private RunningProcess process;

  ReloadedProcess(Path file) {
    this(file, Transport.NIO);
  }

  ReloadedProcess(Path file, Transport transport) {
    this.vertx = Vertx.builder().withTransport(transport).build();
    this.file = file;
    this.catalog = serve("catalog");
    this.other = serve("other");
    this.elsewhere = serve("elsewhere");
    logger.setLevel(Level.INFO);
    appender.start();
    logger.addAppender(appender);
  }

  private String serve(String name) {
    HttpServer server = await(services
        .createHttpServer()
        .requestHandler(request -> request
            .response()
            .putHeader("content-type", "application/json")
            .end("\"" + name + "\""))
        .listen(0, "127.0.0.1"));
    return "http://127.0.0.1:" + server.actualPort();
  }

  static <T> T await(Future<T> future) {
    return future
        .toCompletionStage()
        .toCompletableFuture()
        .orTimeout(60, TimeUnit.SECONDS)
        .join();
  }

  private static Bff bff(String name) {
    return Bff.named(name)
        .open(test().opening(PAGE, anyone()).answering("/page", ReloadedProcess::answer));
  }

  private static void answer(HttpServerRequest request, DoorContext context) {
    Inputs inputs = new Inputs(
        "\"7\"".getBytes(StandardCharsets.UTF_8),
        List.of(),
        Caller.ANONYMOUS,
        System.nanoTime() + TimeUnit.SECONDS.toNanos(30),
        List.of());
    context.compositions().run(context.compositions().plan(PAGE, null), inputs, answer -> {
      if (answer.json() == null) {
        request.response().setStatusCode(502).end(answer.losses() + " " + answer.failure());
      } else {
        request.response().end(answer.json());
      }
    });
  }

  /** What every configuration here begins with. */
  String services(String ofCatalog) {
    return services(ofCatalog, "");
  }

  String services(String ofCatalog, String rest) {
    return """
        management: {host: 127.0.0.1, port: 0}
        bffs:
          web: {listener: {host: 127.0.0.1, port: 0}}
        services:
          other: {endpoints: '%s'}
          catalog:
            endpoints: '%s'
        %s
        %s
        """.formatted(other, catalog, ofCatalog.indent(4), rest);
  }

  /** The same configuration with the catalog at {@code HERE}, {@code THERE}, or both. */
  String at(String yaml, String... where) {
    String all = String.join(",", where).replace("THERE", elsewhere).replace("HERE", catalog);
    return yaml.replace("endpoints: '" + catalog + "'", "endpoints: '" + all + "'");
  }

  void write(String yaml) {
    try {
      Files.writeString(
          file, yaml.contains("reload-interval") ? yaml : WITHOUT_LOOKING_BY_ITSELF + yaml);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  ReloadedProcess start(String... bffs) {
    return start(Map.of(), bffs);
  }

  ReloadedProcess start(Map<String, String> environment, String... bffs) {
    List<Bff> all = List.of(bffs).stream().map(ReloadedProcess::bff).toList();
    ProcessConfiguration configuration = new ProcessConfiguration(
        vertx, SettingsSources.of(file.toString(), environment, Map.of(), List.of()), all);
    process = new RunningProcess(
        configuration, await(configuration.load()), Metrics.prometheus(), policies);
    await(process.start(UnaryOperator.identity()));
    return this;
  }

  void look() {
    await(process.reload().look());
  }

  void change(String yaml) {
    write(yaml);
    look();
  }

  /** Waits until a BFF knows so many instances of the catalog, one of them at {@code HERE} or {@code THERE}. */
  void awaitEndpoints(String bff, int many, String where) {
    String url = where.equals("HERE") ? catalog : elsewhere;
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    JsonObject shown;
    do {
      shown = mesh()
          .getJsonObject(bff)
          .getJsonArray("instances")
          .getJsonObject(0)
          .getJsonObject("services")
          .getJsonObject("catalog");
      if (System.nanoTime() > end) {
        throw new AssertionError(many + " instances with " + url + " expected, but: " + shown);
      }
    } while (shown.getJsonObject("discovery").getInteger("instances") != many
        || !shown.encode().contains(url));
  }

  PolicyStore store() {
    return policies;
  }

  ServicePolicy catalogPolicy() {
    return policies.current("catalog").policy();
  }

  List<String> logged(Level level) {
    return logged.stream()
        .filter(event -> event.getLevel().equals(level))
        .map(ILoggingEvent::getFormattedMessage)
        .toList();
  }

  int port(String bff) {
    JsonObject ready = new JsonObject(manage("GET", "/health/ready", "").body());
    return ready.getJsonObject("bffs").getJsonObject(bff).getInteger("port");
  }

  JsonObject configuration() {
    return new JsonObject(manage("GET", "/mesh/configuration", "").body());
  }

  JsonObject mesh() {
    return new JsonObject(manage("GET", "/mesh", "").body());
  }

  HttpResponse<String> manage(String method, String path, String body) {
    return send(HttpRequest.newBuilder(
                URI.create("http://127.0.0.1:" + process.managementPort() + path))
            .method(method, BodyPublishers.ofString(body))
            .header("content-type", "application/json")
            .build())
        .join();
  }

  /** Asked of a BFF after all policies that were changed before have reached it. */
  HttpResponse<String> page(String bff) {
    mesh();
    return page(port(bff)).join();
  }

  CompletableFuture<HttpResponse<String>> page(int port) {
    return send(
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/page")).build());
  }

  private CompletableFuture<HttpResponse<String>> send(HttpRequest request) {
    return client.sendAsync(request, BodyHandlers.ofString()).orTimeout(60, TimeUnit.SECONDS);
  }

  @Override
  public void close() {
    logger.detachAppender(appender);
    logger.setLevel(levelBefore);
    await(process == null ? vertx.close() : process.close());
    await(services.close());
  }
}

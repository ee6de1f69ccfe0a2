package dev.gatehouse.runtime.launch;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import dev.gatehouse.runtime.policy.LimitPolicy;
import dev.gatehouse.runtime.policy.LimitPolicy.Concurrency;
import dev.gatehouse.runtime.policy.RetryPolicy;
import dev.gatehouse.runtime.policy.ServicePolicy;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReloadTest {
  private static final String TO_CATALOG =
      "routes: [{name: side, split: [{weight: 1}, {weight: 0, service: other}]}]";
  private static final String TO_OTHER =
      "routes: [{name: side, split: [{weight: 0}, {weight: 1, service: other}]}]";
  private static final String FAULTS = """
      {"for": "1h", "rules": [{"percent": 100, "abort": 503}]}""";

  @TempDir
  private Path directory;

  private Path file;
  private ReloadedProcess process;

  @BeforeEach
  void make() {
    file = directory.resolve("gatehouse.yaml");
    process = new ReloadedProcess(file);
  }

  @AfterEach
  void close() {
    process.close();
  }

  private void begin(String ofCatalog) {
    process.write(process.services(ofCatalog));
    process.start("web");
  }

  private void change(String ofCatalog) {
    process.change(process.services(ofCatalog));
  }

  private List<?> pending() {
    return process.configuration().getJsonArray("atNextStart").getList();
  }

  @Test
  void aChangedPolicyHoldsForTheNextCall() {
    begin(TO_CATALOG);
    assertThat(process.page("web").body()).isEqualTo("\"catalog\"");
    JsonObject before = process.configuration();

    change(TO_OTHER + "\nretry: {attempts: 5}\nbreaker: {window: 7s}");

    assertThat(process.page("web").body()).isEqualTo("\"other\"");
    assertThat(process.catalogPolicy().retry().attempts()).isEqualTo(5);
    assertThat(process.logged(Level.INFO).get(0))
        .contains("services.catalog.breaker.window, services.catalog.retry.attempts,"
            + " services.catalog.routes");
    assertThat(process.logged(Level.WARN)).isEmpty();
    JsonObject after = process.configuration();
    assertThat(after.getString("version")).hasSize(12).isNotEqualTo(before.getString("version"));
    assertThat(after.getString("startedWith")).isEqualTo(before.getString("version"));
    assertThat(after.getValue("refused")).isNull();
    assertThat(process.mesh().getJsonObject("web").getJsonObject("configuration"))
        .isEqualTo(after);
  }

  @Test
  void noRequestIsLostWhilePoliciesAndEndpointsChangeBackAndForth() throws Exception {
    begin(TO_CATALOG);
    int port = process.port("web");
    AtomicBoolean stop = new AtomicBoolean();
    Queue<String> wrong = new ConcurrentLinkedQueue<>();
    Queue<String> answers = new ConcurrentLinkedQueue<>();
    AtomicReference<CountDownLatch> more = new AtomicReference<>(new CountDownLatch(0));
    List<CompletableFuture<Void>> callers = List.of(1, 2, 3, 4).stream()
        .map(each -> callAgain(port, stop, wrong, answers, more))
        .toList();

    String plain = process.services(
        TO_CATALOG
            + "\nretry: {attempts: 1}\nbreaker: {window: 3s}\nhedge: {percentile: 90}\ncache: {shared: false}");
    String routed = process.services(
        TO_OTHER
            + "\nbalance: {algorithm: ring-hash}\nlimit: {concurrency: {calls: 100}}\ncache: {stored: true}");
    for (int i = 0; i < 3; i++) {
      for (Map.Entry<String, String> next : List.of(
          Map.entry("other", routed),
          Map.entry("catalog", plain),
          Map.entry("elsewhere", process.at(plain, "THERE", "HERE")),
          Map.entry("elsewhere", process.at(plain, "THERE")))) {
        process.change(next.getValue());
        do {
          answers.clear();
          CountDownLatch some = new CountDownLatch(20);
          more.set(some);
          assertThat(some.await(60, TimeUnit.SECONDS)).isTrue();
        } while (!answers.contains("\"" + next.getKey() + "\""));
      }
    }
    stop.set(true);
    CompletableFuture.allOf(callers.toArray(CompletableFuture[]::new)).get(60, TimeUnit.SECONDS);

    assertThat(wrong).isEmpty();
    assertThat(process.logged(Level.WARN)).isEmpty();
  }

  private CompletableFuture<Void> callAgain(
      int port,
      AtomicBoolean stop,
      Queue<String> wrong,
      Queue<String> answers,
      AtomicReference<CountDownLatch> more) {
    return process
        .page(port)
        .handle((answer, failure) -> {
          if (failure != null) {
            wrong.add(failure.toString());
          } else if (answer.statusCode() != 200) {
            wrong.add(answer.statusCode() + ": " + answer.body());
          } else {
            answers.add(answer.body());
          }
          more.get().countDown();
          return null;
        })
        .thenComposeAsync(done -> stop.get()
            ? CompletableFuture.completedFuture(null)
            : callAgain(port, stop, wrong, answers, more));
  }

  @Test
  void whatCannotBeUsedChangesNothingAndIsToldOnce() {
    begin(TO_CATALOG);
    String version = process.configuration().getString("version");

    change(TO_OTHER + "\nretry: {atempts: 5}\nbreaker: {window: soon}");
    process.look();
    process.look();

    assertThat(process.page("web").body()).isEqualTo("\"catalog\"");
    assertThat(process.logged(Level.WARN))
        .singleElement()
        .asString()
        .contains(
            "services.catalog.retry.atempts: unknown key (nearest known:"
                + " services.catalog.retry.attempts)",
            "services.catalog.breaker.window: soon (expected: ");
    JsonObject shown = process.configuration();
    assertThat(shown.getString("version")).isEqualTo(version);
    JsonObject refused = shown.getJsonObject("refused");
    assertThat(refused.getJsonArray("problems")).hasSize(2);
    assertThat(refused.getString("version")).hasSize(12).isNotEqualTo(version);
    assertThat(process.manage("GET", "/mesh", "").body()).contains("atempts");

    process.change("services: [");
    assertThat(process.logged(Level.WARN)).hasSize(2);
    assertThat(process.logged(Level.WARN).get(1)).contains("not YAML");

    change(TO_OTHER);
    assertThat(process.page("web").body()).isEqualTo("\"other\"");
    assertThat(process.configuration().getValue("refused")).isNull();
  }

  @Test
  void whatWouldKeepTheProcessFromStartingIsRefused() {
    begin(TO_CATALOG);

    process.change("services: {other: {endpoints: 'http://127.0.0.1:1', retry: {attempts: 7}}}");

    assertThat(process.logged(Level.WARN))
        .singleElement()
        .asString()
        .contains("BFF web: services.catalog.endpoints: missing");
    assertThat(process.store().current("other").policy().retry()).isEqualTo(RetryPolicy.DEFAULT);
    process.change(process
        .services("shape: sidecar")
        .replace("catalog:\n    endpoints: '", "catalog:\n    endpoints: 'http://one-more:1,"));
    assertThat(process.logged(Level.WARN)).hasSize(2);
    assertThat(process.logged(Level.WARN).get(1))
        .contains(
            "BFF web: services.catalog.endpoints: 2 addresses (expected: one in shape sidecar");
  }

  @Test
  void goingBackToWhatIsInUseEndsTheComplaint() {
    begin(TO_CATALOG);
    change("retry: {atempts: 5}");
    assertThat(process.configuration().getValue("refused")).isNotNull();

    change(TO_CATALOG);

    assertThat(process.configuration().getValue("refused")).isNull();
    assertThat(process.logged(Level.WARN)).hasSize(1);
  }

  @Test
  void aLinkThatIsTurnedAsKubernetesDoesItIsSeen() throws IOException {
    mount("..1", TO_CATALOG);
    Files.createSymbolicLink(directory.resolve("..data"), Path.of("..1"));
    Files.createSymbolicLink(file, Path.of("..data", "gatehouse.yaml"));
    process.start("web");
    assertThat(process.page("web").body()).isEqualTo("\"catalog\"");

    mount("..2", TO_OTHER);
    Files.createSymbolicLink(directory.resolve("..data_tmp"), Path.of("..2"));
    Files.move(
        directory.resolve("..data_tmp"),
        directory.resolve("..data"),
        StandardCopyOption.ATOMIC_MOVE,
        StandardCopyOption.REPLACE_EXISTING);
    Files.delete(directory.resolve("..1").resolve("gatehouse.yaml"));
    process.look();

    assertThat(process.page("web").body()).isEqualTo("\"other\"");
  }

  private void mount(String name, String ofCatalog) throws IOException {
    Path mounted = Files.createDirectory(directory.resolve(name));
    Files.writeString(
        mounted.resolve("gatehouse.yaml"),
        "warm-up: 0s\nreload-interval: 0s\n" + process.services(ofCatalog));
  }

  @Test
  void aFileThatVanishesChangesNothingUntilItComesBack() throws IOException {
    begin(TO_CATALOG);
    Files.delete(file);
    process.look();
    process.look();

    assertThat(process.page("web").body()).isEqualTo("\"catalog\"");
    assertThat(process.logged(Level.WARN)).singleElement().asString().contains("is gone");

    change(TO_OTHER);
    assertThat(process.page("web").body()).isEqualTo("\"other\"");
    assertThat(process.configuration().getValue("refused")).isNull();
  }

  @Test
  void aFileThatCannotBeReadChangesNothing() throws IOException {
    begin(TO_CATALOG);
    Files.delete(file);
    Files.createDirectory(file);
    process.look();
    process.look();

    assertThat(process.logged(Level.WARN)).singleElement().asString().contains("gatehouse.yaml");
    Files.delete(file);
    change(TO_OTHER);
    assertThat(process.page("web").body()).isEqualTo("\"other\"");
  }

  @Test
  void anUnrelatedEditKeepsWhatTheOperatorHasSet() {
    begin("retry: {attempts: 2}");
    assertThat(process.manage("PUT", "/mesh/services/catalog/faults", FAULTS).statusCode())
        .isEqualTo(200);
    assertThat(process.manage("PUT", "/mesh/services/other/routes", """
                [{"name": "mine", "split": [{"weight": 1}]}]""").statusCode())
        .isEqualTo(200);

    change("retry: {attempts: 4}");

    ServicePolicy policy = process.catalogPolicy();
    assertThat(policy.retry().attempts()).isEqualTo(4);
    assertThat(policy.fault().rules()).hasSize(1);
    assertThat(process.page("web").statusCode()).isEqualTo(502);
    assertThat(process.store().current("other").policy().route().rules()).hasSize(1);

    assertThat(process.manage("DELETE", "/mesh/services/catalog/faults", "").statusCode())
        .isEqualTo(200);
    assertThat(process.page("web").body()).isEqualTo("\"catalog\"");
  }

  @Test
  void rulesOfAnOperatorHoldUntilTheFileSaysOtherOnesOrTheyAreTakenBack() {
    begin(TO_CATALOG);
    String mine = "[{\"name\": \"mine\", \"split\": [{\"weight\": 1, \"service\": \"other\"}]}]";
    process.manage("PUT", "/mesh/services/catalog/routes", mine);
    change(TO_CATALOG + "\nretry: {attempts: 4}");
    assertThat(process.page("web").body()).isEqualTo("\"other\"");

    assertThat(process.manage("DELETE", "/mesh/services/catalog/routes", "").statusCode())
        .isEqualTo(200);
    assertThat(process.page("web").body()).isEqualTo("\"catalog\"");

    process.manage("PUT", "/mesh/services/catalog/routes", "[]");
    change(TO_OTHER);
    assertThat(process.page("web").body()).isEqualTo("\"other\"");
  }

  @Test
  void whatTheApplicationHasSetHoldsUntilTheFileSaysSomethingElseOfIt() {
    process
        .store()
        .update(
            "catalog",
            before -> before.withLimit(LimitPolicy.OFF.withConcurrency(new Concurrency(9, 0))));
    begin("retry: {attempts: 2}");
    assertThat(process.catalogPolicy().limit().concurrency().calls()).isEqualTo(9);

    change("retry: {attempts: 4}");
    assertThat(process.catalogPolicy().limit().concurrency().calls()).isEqualTo(9);
    assertThat(process.catalogPolicy().retry().attempts()).isEqualTo(4);

    change("limit: {concurrency: {calls: 11}}");
    assertThat(process.catalogPolicy().limit().concurrency().calls()).isEqualTo(11);
  }

  @Test
  void whatNeedsARestartIsToldOncePerChange() {
    begin("");
    String more = "drain: 3s\n";
    process.change(more + process.services("retry: {attempts: 4}\nmax-connections: 3"));

    assertThat(process.catalogPolicy().retry().attempts()).isEqualTo(4);
    assertThat(process.logged(Level.WARN))
        .singleElement()
        .asString()
        .endsWith("at the next start: drain, services.catalog.max-connections");
    assertThat(pending()).isEqualTo(List.of("drain", "services.catalog.max-connections"));

    process.change(more + process.services("retry: {attempts: 5}\nmax-connections: 3"));
    assertThat(process.logged(Level.WARN)).hasSize(1);
    process.change(more + process.services("max-connections: 4"));
    assertThat(process.logged(Level.WARN)).hasSize(2);
    change("max-connections: 5");
    assertThat(pending()).isEqualTo(List.of("services.catalog.max-connections"));
    change("");
    assertThat(pending()).isEmpty();
    assertThat(process.logged(Level.WARN)).hasSize(3);
  }

  @Test
  void aServiceThatMovesIsFollowedWithoutARestart() {
    String yaml = process.services("retry: {attempts: 2}");
    process.write(yaml);
    process.start("web");
    assertThat(process.page("web").body()).isEqualTo("\"catalog\"");

    process.change(process.at(yaml, "THERE"));
    process.awaitEndpoints("web", 1, "THERE");

    assertThat(process.page("web").body()).isEqualTo("\"elsewhere\"");
    assertThat(pending()).isEmpty();
    assertThat(process.logged(Level.INFO))
        .singleElement()
        .asString()
        .contains("services.catalog.endpoints");
    process.change(process.at(yaml, "THERE", "HERE"));
    process.awaitEndpoints("web", 2, "HERE");
  }

  @Test
  void whereASidecarCarriesTheCallsEndpointsMatterOnlyToOthers() {
    String yaml = process
        .services("retry: {attempts: 2}")
        .replace(
            "bffs:",
            "mesh: {sidecar: {proxy: 'http://127.0.0.1:1'}}\n"
                + "bffs:\n  meshed: {listener: {host: 127.0.0.1, port: 0}, mesh: {shape: sidecar}}");
    process.write(yaml);
    process.start("web", "meshed");

    process.change(process.at(yaml, "THERE"));
    process.awaitEndpoints("web", 1, "THERE");

    assertThat(layers("meshed").encode()).contains("http://127.0.0.1:1\"");
    assertThat(process.page("web").body()).isEqualTo("\"elsewhere\"");
  }

  @Test
  void aServiceThatBeginsToBeDiscoveredWaitsForTheNextStart() {
    begin("");

    process.change(process
        .at(process.services("discovery: {type: dns, name: catalog.local}"), "THERE")
        .replaceAll("    endpoints: '[^']*'\n(?=    discovery)", ""));

    assertThat(process.page("web").body()).isEqualTo("\"catalog\"");
    assertThat(pending())
        .asString()
        .contains("services.catalog.discovery.type", "services.catalog.endpoints");
  }

  @Test
  void aNewServiceIsOneKeyAndItsPolicyWaitsToo() {
    begin("");
    String added = "  pricing: {endpoints: 'http://127.0.0.1:1', retry: {attempts: %s}}";
    process.change(process.services("", added.formatted("4")));
    process.change(process.services("", added.formatted("5")));

    assertThat(pending()).isEqualTo(List.of("services.pricing"));
    assertThat(process.store().services()).containsExactly("catalog", "other");
  }

  @Test
  void aRuleThatLeadsWhereTheBffHasNoClientWaitsForTheNextStart() {
    begin("retry: {attempts: 2}");

    change(TO_OTHER + "\nretry: {attempts: 4}");

    assertThat(process.page("web").body()).isEqualTo("\"catalog\"");
    assertThat(process.catalogPolicy().retry().attempts()).isEqualTo(4);
    assertThat(pending()).isEqualTo(List.of("services.catalog.routes"));
    assertThat(process.logged(Level.WARN))
        .singleElement()
        .asString()
        .contains("services.catalog.routes");
  }

  @Test
  void strongerSourcesStillWin() {
    process.write(process.services("retry: {attempts: 2}"));
    process.start(Map.of("GATEHOUSE_SERVICES_CATALOG_RETRY_ATTEMPTS", "6"), "web");
    change("retry: {attempts: 4}\nbreaker: {window: 7s}");

    assertThat(process.catalogPolicy().retry().attempts()).isEqualTo(6);
    assertThat(process.catalogPolicy().breaker().window()).hasSeconds(7);
  }

  @Test
  void bffsOfDifferentShapesEachGetTheirs() {
    String yaml = process
        .services("retry: {attempts: %s}\nlimit: {concurrency: {calls: %s}}")
        .replace(
            "bffs:",
            "bffs:\n  meshed: {listener: {host: 127.0.0.1, port: 0}, mesh: {shape: sidecar}}");
    process.write(yaml.formatted(2, 8));
    process.start("web", "meshed");

    process.change(yaml.formatted(5, 9));

    assertThat(layers("web").getJsonObject("retry").encode()).contains("5");
    assertThat(layers("meshed").getJsonObject("retry").encode()).doesNotContain("5");
    assertThat(layers("web").getJsonObject("limit").encode()).contains("9");
    assertThat(layers("meshed").getJsonObject("limit").encode()).contains("9");
    assertThat(process.page("web").body()).isEqualTo("\"catalog\"");
    assertThat(process.page("meshed").body()).isEqualTo("\"catalog\"");
  }

  private JsonObject layers(String bff) {
    JsonArray instances = process.mesh().getJsonObject(bff).getJsonArray("instances");
    return instances.getJsonObject(0).getJsonObject("services").getJsonObject("catalog");
  }

  @Test
  void theProcessLooksByItself() throws Exception {
    process.write("warm-up: 0s\nreload-interval: 20ms\n" + process.services(""));
    process.start("web");
    CountDownLatch told = new CountDownLatch(1);
    process.store().listen((service, policy) -> {
      if (policy.retry().attempts() == 5) {
        told.countDown();
      }
    });

    process.write(
        "warm-up: 0s\nreload-interval: 20ms\n" + process.services("retry: {attempts: 5}"));

    assertThat(told.await(60, TimeUnit.SECONDS)).isTrue();
  }
}

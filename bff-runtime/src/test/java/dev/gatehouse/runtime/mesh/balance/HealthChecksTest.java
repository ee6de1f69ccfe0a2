package dev.gatehouse.runtime.mesh.balance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.runtime.mesh.MeshCaller;
import dev.gatehouse.runtime.mesh.layer.LayerLoop;
import dev.gatehouse.runtime.policy.HealthCheckPolicy;
import dev.gatehouse.runtime.tls.TlsSettings;
import dev.gatehouse.runtime.upstream.ServiceSettings;
import dev.gatehouse.runtime.upstream.http.TestCa;
import io.netty.pkitesting.X509Bundle;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Questions to instances that listen on real sockets. */
class HealthChecksTest {
  private static final Duration OFTEN = Duration.ofMillis(20);
  private static final Duration LONG = Duration.ofSeconds(55);

  private final MeshCaller caller = new MeshCaller();
  private final AtomicInteger questionsToTheOther = new AtomicInteger();

  @AfterEach
  void close() {
    caller.close();
  }

  /** Two instances: what is asked of the first is for a test to answer, the second is always well. */
  private void open(Consumer<HttpServerRequest> firstIsAsked) {
    String first = instance("first", firstIsAsked);
    String other = instance("other", request -> {
      questionsToTheOther.incrementAndGet();
      request.response().end();
    });
    caller.at("catalog", first, other);
    caller.open();
  }

  private String instance(String name, Consumer<HttpServerRequest> isAsked) {
    HttpServer server = LayerLoop.await(caller
        .vertx()
        .createHttpServer()
        .requestHandler(request -> {
          if (request.path().equals("/health")) {
            isAsked.accept(request);
          } else {
            request.response().end(name);
          }
        })
        .listen(0, "127.0.0.1"));
    return "http://127.0.0.1:" + server.actualPort();
  }

  private void check(Duration timeout, int healthyAfter, int unhealthyAfter) {
    caller
        .policies()
        .update(
            "catalog",
            before -> before.withHealthCheck(
                new HealthCheckPolicy("/health", OFTEN, timeout, healthyAfter, unhealthyAfter)));
  }

  private double unhealthy() {
    return caller.meters().get("gatehouse.mesh.instances.unhealthy").gauge().value();
  }

  private List<String> answeredBy(int calls) {
    List<String> names = new ArrayList<>();
    for (int i = 0; i < calls; i++) {
      names.add(caller.text("catalog", LayerLoop.safe()));
    }
    return names;
  }

  @Test
  void itTakesAsManyAnswersInARowAsThePolicySays() {
    List<Integer> answers = List.of(503, 503, 200, 503, 503, 503, 200, 404, 200, 200);
    // One question at a time: with each, all answers before it have been judged.
    List<Double> unhealthyWhenAsked = Collections.synchronizedList(new ArrayList<>());
    open(request -> {
      int number = unhealthyWhenAsked.size();
      unhealthyWhenAsked.add(unhealthy());
      request
          .response()
          .setStatusCode(number < answers.size() ? answers.get(number) : 200)
          .end();
    });

    check(LONG, 2, 3);

    caller.until(() -> unhealthyWhenAsked.size() > answers.size());
    assertThat(List.copyOf(unhealthyWhenAsked).subList(0, answers.size() + 1))
        .containsExactly(0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 1.0, 1.0, 1.0, 1.0, 0.0);
  }

  @Test
  void anInstanceWhoseAnswersHangIsLeftOutUntilItAnswersAgain() {
    AtomicInteger hanging = new AtomicInteger(1);
    open(request -> {
      if (hanging.get() == 0) {
        request.response().end();
      }
    });

    // The other answers within the time or is asked again: a bad answer of it is no failure of this
    // test.
    check(Duration.ofMillis(200), 1, 3);
    caller.until(() -> unhealthy() >= 1);

    hanging.set(0);
    check(LONG, 1, 3);
    caller.until(() -> unhealthy() == 0);
    assertThat(answeredBy(100)).contains("first", "other");
  }

  @Test
  void callsGoAroundAnInstanceThatIsNotWell() {
    open(request -> request.response().setStatusCode(503).end());

    check(LONG, 2, 3);
    caller.until(() -> unhealthy() == 1);

    assertThat(answeredBy(50)).containsOnly("other");
  }

  @Test
  void anInstanceIsAskedNothingWhileAQuestionIsUnderWay() {
    Queue<HttpServerRequest> held = new ConcurrentLinkedQueue<>();
    open(held::add);

    check(LONG, 2, 3);
    caller.until(() -> !held.isEmpty());
    int before = questionsToTheOther.get();
    caller.until(() -> questionsToTheOther.get() > before + 20);
    assertThat(held).hasSize(1);

    HttpServerRequest first = held.element();
    caller.vertx().runOnContext(begin -> first.response().end());
    caller.until(() -> held.size() == 2);
    assertThat(unhealthy()).isZero();
  }

  @Test
  void overTlsAnInstanceWithAnothersCertificateIsNotWell(@TempDir Path files) throws Exception {
    TestCa ca = new TestCa("Shop CA");
    String trust = TestCa.write(files.resolve("ca.pem"), ca.pem());
    String good = secured("good", ca.local("catalog"));
    String another = secured("another", ca.issue("another", more -> more.addSanDnsName("another")));
    caller.at(
        "catalog",
        ServiceSettings.at(good, another).toBuilder()
            .tls(TlsSettings.DEFAULT.withTrust(trust))
            .connectTimeout(LONG)
            .requestTimeout(LONG)
            .build());
    caller.open();

    check(LONG, 2, 3);
    caller.until(() -> unhealthy() == 1);

    assertThat(answeredBy(20)).containsOnly("good");
  }

  private String secured(String name, X509Bundle identity) {
    HttpServer server = LayerLoop.await(caller
        .vertx()
        .createHttpServer(
            new HttpServerOptions().setSsl(true).setKeyCertOptions(TestCa.keys(identity)))
        .requestHandler(request -> request.response().end(name))
        .listen(0, "127.0.0.1"));
    return "https://127.0.0.1:" + server.actualPort();
  }

  @Test
  void neverAreMoreThanAHundredAskedAtOnce() {
    Queue<HttpServerRequest> held = new ConcurrentLinkedQueue<>();
    AtomicInteger asked = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    HttpServer server = LayerLoop.await(caller
        .vertx()
        .createHttpServer()
        .requestHandler(request -> {
          asked.incrementAndGet();
          held.add(request);
          most.accumulateAndGet(held.size(), Math::max);
        })
        .listen(0, "0.0.0.0"));
    caller.at(
        "catalog",
        IntStream.rangeClosed(1, 150)
            .mapToObj(i -> "http://127.0.1." + i + ":" + server.actualPort())
            .toArray(String[]::new));
    caller.open();

    check(LONG, 2, 3);
    for (int answered = 0; answered < 200; answered += 20) {
      int expected = 100 + answered;
      caller.until(() -> asked.get() == expected);
      for (int i = 0; i < 20; i++) {
        held.remove().response().end();
      }
    }

    assertThat(most).hasValue(100);
  }
}

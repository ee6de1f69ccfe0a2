package dev.gatehouse.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.benchmarks.workload.Job;
import dev.gatehouse.benchmarks.workload.Protocol;
import dev.gatehouse.benchmarks.workload.Shop;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.function.BiFunction;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AnswerCheckTest {
  private final Vertx vertx = Vertx.vertx();
  private final Shop shop = new Shop();

  @AfterEach
  void close() {
    vertx.close().await();
  }

  @Test
  void rightAnswersLeaveNothingToSayWhateverTheirOrderAndSpacing() throws Exception {
    assertThat(findings(Job.PROXY, (id, right) -> reordered(right).encodePrettily()))
        .isEmpty();
    assertThat(findings(Job.PAGE, (id, right) -> reordered(right).encodePrettily()))
        .isEmpty();
  }

  @Test
  void aWrongValueIsNamedWithItsPath() throws Exception {
    List<String> findings = findings(
        Job.PROXY,
        (id, right) ->
            right.put("sku", id == 77 ? "other" : right.getValue("sku")).encode());

    assertThat(findings)
        .singleElement()
        .asString()
        .startsWith("/api/products/77: {")
        .contains("\"sku\":\"other\"");
  }

  @Test
  void whatIsNoJsonIsNamed() throws Exception {
    List<String> findings = findings(Job.PAGE, (id, right) -> id == 3 ? "{" : right.encode());

    assertThat(findings).containsExactly("/api/product-page/3: { (expected: JSON)");
  }

  @Test
  void recommendationsThatCannotBeThereAreWrong() throws Exception {
    List<String> findings =
        findings(Job.PAGE, (id, right) -> shop.page(id, true).encode());

    assertThat(findings).hasSize(2);
    assertThat(findings.get(0)).startsWith("/api/product-page/950: ");
    assertThat(findings.get(1)).startsWith("/api/product-page/951: ");
  }

  private List<String> findings(Job job, BiFunction<Integer, JsonObject, String> answer)
      throws Exception {
    int port = vertx
        .createHttpServer()
        .requestHandler(request -> {
          int id = Integer.parseInt(request.path().substring(request.path().lastIndexOf('/') + 1));
          if (id == Shop.UNKNOWN) {
            request.response().setStatusCode(404).end();
            return;
          }
          JsonObject right = job == Job.PROXY
              ? shop.product(id)
              : shop.page(id, id != Shop.FAILING && id != Shop.SLOW);
          request
              .response()
              .putHeader("content-type", "application/json")
              .end(answer.apply(id, right));
        })
        .listen(0, "127.0.0.1")
        .await()
        .actualPort();
    return new AnswerCheck(job, Protocol.REST, port, Duration.ofMinutes(1)).findings();
  }

  private static JsonObject reordered(JsonObject object) {
    JsonObject reordered = new JsonObject();
    object.fieldNames().stream()
        .sorted()
        .forEach(name -> reordered.put(name, object.getValue(name)));
    return reordered;
  }
}

package dev.gatehouse.examples.storefront.services;

import static dev.gatehouse.examples.storefront.services.DemoService.CATALOG;
import static dev.gatehouse.examples.storefront.services.DemoService.RECOMMENDATIONS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.http.HttpClient.Version;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(60)
class FaultsTest {
  private static final String PATH = "/recommendations/p-1";

  @RegisterExtension
  final RunningServices shop = new RunningServices();

  @Test
  void a_service_starts_without_faults() {
    assertThat(shop.get(RECOMMENDATIONS, "/__faults").body())
        .isEqualTo(
            "{\"latencyMillis\":0,\"jitterMillis\":0,\"errorShare\":0.0,\"status\":null,\"hang\":false,"
                + "\"reset\":false,\"truncate\":false,\"malformed\":false,\"trickle\":false,\"path\":\"\"}");
  }

  @Test
  void what_is_shown_can_be_set_again() {
    JsonObject set = set(
        "{\"latencyMillis\":20,\"jitterMillis\":10,\"errorShare\":0.1,\"path\":\"/recommend\"}");

    assertThat(set.getInteger("status")).isEqualTo(503);
    assertThat(set(set.encode()))
        .isEqualTo(set)
        .isEqualTo(shop.object(RECOMMENDATIONS, "/__faults"));
    assertThat(set(set("{}").encode()).getDouble("errorShare")).isZero();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{'latencyMilis':1}            | latencyMilis: unknown (expected: latencyMillis, jitterMillis, errorShare,",
        "{'latencyMillis':-1}          | latencyMillis: -1 (expected: 0 to 60000)",
        "{'jitterMillis':'1'}          | jitterMillis: 1 (expected: 0 to 60000)",
        "{'errorShare':1.5}            | errorShare: 1.5 (expected: 0 to 1)",
        "{'status':200}                | status: 200 (expected: 400 to 599)",
        "{'hang':1}                    | hang: 1 (expected: true or false)",
        "{'path':'x'}                  | path: x (expected: a prefix such as /products)",
        "{'hang':true,'reset':true}    | hang, reset: more than one fault (expected: one at a time)",
        "{'trickle':true,'status':500} | trickle, status: more than one fault (expected: one at a time)",
        "[]                            | body: not a JSON object",
        "{                             | body: not JSON",
      })
  void faults_that_make_no_sense_are_refused_and_change_nothing(String body, String message) {
    set("{\"status\":500}");

    HttpResponse<String> response =
        shop.send("PUT", RECOMMENDATIONS, "/__faults", body.replace('\'', '"'));

    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(new JsonObject(response.body()).getString("detail")).startsWith(message);
    assertThat(shop.object(RECOMMENDATIONS, "/__faults").getInteger("status")).isEqualTo(500);
  }

  @Test
  void latency_delays_the_answer() {
    set("{\"latencyMillis\":200,\"jitterMillis\":50}");
    long begin = System.nanoTime();

    assertThat(shop.get(RECOMMENDATIONS, PATH).statusCode()).isEqualTo(200);

    assertThat(Duration.ofNanos(System.nanoTime() - begin)).isGreaterThan(Duration.ofMillis(190));
  }

  @Test
  void a_status_is_answered_as_a_problem_until_faults_are_deleted() {
    set("{\"status\":429}");

    HttpResponse<String> response = shop.get(RECOMMENDATIONS, PATH);

    assertThat(response.statusCode()).isEqualTo(429);
    assertThat(response.headers().firstValue("content-type")).hasValue("application/problem+json");
    shop.send("DELETE", RECOMMENDATIONS, "/__faults", "");
    assertThat(shop.get(RECOMMENDATIONS, PATH).statusCode()).isEqualTo(200);
  }

  @Test
  void an_error_share_strikes_some_calls_and_the_same_ones_each_time_it_is_set() {
    List<Integer> first = statusesWithErrorShare();

    assertThat(first.stream().filter(status -> status == 503).count()).isBetween(5L, 60L);
    assertThat(first).containsOnly(200, 503);
    assertThat(statusesWithErrorShare()).isEqualTo(first);
  }

  @Test
  void a_path_confines_the_faults() {
    shop.send("PUT", CATALOG, "/__faults", "{\"status\":500,\"path\":\"/search\"}");

    assertThat(shop.get(CATALOG, "/search?q=lamp").statusCode()).isEqualTo(500);
    assertThat(shop.get(CATALOG, "/products/p-1").statusCode()).isEqualTo(200);
  }

  @Test
  void a_hung_call_is_never_answered_and_ends_when_the_service_stops() {
    set("{\"hang\":true}");

    CompletableFuture<HttpResponse<String>> hung = shop.sendAsync(RECOMMENDATIONS, PATH);
    shop.awaitCalls(RECOMMENDATIONS, 1);
    assertThat(hung).isNotDone();
    shop.services().stop(RECOMMENDATIONS).await();

    assertThat(hung)
        .failsWithin(10, TimeUnit.SECONDS)
        .withThrowableThat()
        .withCauseInstanceOf(IOException.class);
  }

  @ParameterizedTest
  @EnumSource(Version.class)
  void a_reset_call_gets_no_answer(Version version) {
    set("{\"reset\":true}");

    assertThatThrownBy(() -> call(version)).isInstanceOf(IOException.class);
  }

  @ParameterizedTest
  @EnumSource(Version.class)
  void a_truncated_answer_breaks_off(Version version) {
    set("{\"truncate\":true}");

    assertThatThrownBy(() -> call(version)).isInstanceOf(IOException.class);
  }

  @ParameterizedTest
  @EnumSource(Version.class)
  void a_malformed_answer_arrives_whole_and_is_no_json(Version version) throws IOException {
    set("{\"malformed\":true}");

    HttpResponse<String> response = call(version);

    assertThat(response.statusCode()).isEqualTo(200);
    assertThatThrownBy(() -> new JsonArray(response.body())).isInstanceOf(DecodeException.class);
  }

  @ParameterizedTest
  @EnumSource(Version.class)
  void a_trickled_answer_takes_its_time_and_is_complete(Version version) throws IOException {
    set("{\"trickle\":true}");
    long begin = System.nanoTime();

    HttpResponse<String> response = call(version);

    assertThat(new JsonArray(response.body())).hasSize(8);
    assertThat(Duration.ofNanos(System.nanoTime() - begin)).isGreaterThan(Duration.ofMillis(850));
  }

  @Test
  void the_operator_is_spared() {
    set("{\"reset\":true}");

    assertThat(shop.get(RECOMMENDATIONS, "/__health").body())
        .isEqualTo("{\"service\":\"recommendations\",\"status\":\"up\"}");
  }

  private List<Integer> statusesWithErrorShare() {
    set("{\"errorShare\":0.2}");
    return IntStream.range(0, 150)
        .mapToObj(call -> shop.get(RECOMMENDATIONS, PATH).statusCode())
        .toList();
  }

  private JsonObject set(String faults) {
    HttpResponse<String> response = shop.send("PUT", RECOMMENDATIONS, "/__faults", faults);
    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    return new JsonObject(response.body());
  }

  private HttpResponse<String> call(Version version) throws IOException {
    return shop.tryToSend(version, "GET", shop.uri(RECOMMENDATIONS, PATH), "");
  }
}

package dev.gatehouse.runtime.door;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.gatehouse.runtime.door.Problem.Fault;
import dev.gatehouse.runtime.door.Problem.In;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ProblemTest {
  private final Vertx vertx = Vertx.vertx();

  @AfterEach
  void close() {
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }

  @Test
  void tellsEveryFaultWithItsPlace() {
    Problem problem = Problem.of(400, "invalid_input", "The request does not fit.")
        .withErrors(List.of(
            new Fault(In.BODY, "/quantity", "0 (expected: 1 to 99)"),
            new Fault(In.QUERY, "page", "x (expected: an integer)"),
            new Fault(In.PATH, null, "malformed")));

    assertThat(problem.json().toJsonObject()).isEqualTo(new JsonObject("""
        {"type":"about:blank","title":"Bad Request","status":400,"code":"invalid_input","detail":"The request does not fit.",
         "errors":[{"in":"body","pointer":"/quantity","detail":"0 (expected: 1 to 99)"},
                   {"in":"query","parameter":"page","detail":"x (expected: an integer)"},
                   {"in":"path","detail":"malformed"}]}
        """));
  }

  @Test
  void usesTodaysPhrases() {
    assertThat(Problem.of(413, "content_too_large", null).title()).isEqualTo("Content Too Large");
    assertThat(Problem.of(431, "headers_too_large", null).title())
        .isEqualTo("Request Header Fields Too Large");
    assertThat(Problem.of(504, "timed_out", null).json().toJsonObject().getString("title"))
        .isEqualTo("Gateway Timeout");
  }

  @Test
  void refusesAStatusThatIsNoError() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Problem.of(200, "fine", null))
        .withMessage("status: 200 (expected: 400 to 599)");
  }

  @Test
  void answersWithItsHeadersAndWithoutABodyToHead() throws Exception {
    Problem problem = Problem.of(405, "method_not_allowed", null).withHeader("allow", "GET, HEAD");
    HttpServer server = vertx
        .createHttpServer()
        .requestHandler(problem::answer)
        .listen(0, "127.0.0.1")
        .toCompletionStage()
        .toCompletableFuture()
        .join();
    URI uri = URI.create("http://127.0.0.1:" + server.actualPort() + "/");
    HttpClient client = HttpClient.newHttpClient();

    HttpResponse<String> post = client.send(
        HttpRequest.newBuilder(uri).POST(HttpRequest.BodyPublishers.noBody()).build(),
        HttpResponse.BodyHandlers.ofString());
    HttpResponse<String> head = client.send(
        HttpRequest.newBuilder(uri)
            .method("HEAD", HttpRequest.BodyPublishers.noBody())
            .build(),
        HttpResponse.BodyHandlers.ofString());

    assertThat(post.statusCode()).isEqualTo(405);
    assertThat(post.headers().firstValue("content-type")).contains("application/problem+json");
    assertThat(post.headers().firstValue("allow")).contains("GET, HEAD");
    assertThat(post.headers().firstValue("cache-control")).contains("no-store");
    assertThat(new JsonObject(post.body()).getString("code")).isEqualTo("method_not_allowed");
    assertThat(head.statusCode()).isEqualTo(405);
    assertThat(head.body()).isEmpty();
  }
}

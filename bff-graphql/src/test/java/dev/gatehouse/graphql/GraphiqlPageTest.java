package dev.gatehouse.graphql;

import static dev.gatehouse.dsl.Access.anyone;
import static dev.gatehouse.graphql.GraphqlDoor.graphql;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.testing.HttpClients;
import dev.gatehouse.testing.HttpClients.Reply;
import dev.gatehouse.testing.OpenedDoor;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A page for development, and only there. */
class GraphiqlPageTest {
  private static final String BROWSER =
      "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8";
  private OpenedDoor opened;

  @AfterEach
  void close() {
    opened.close();
  }

  private HttpClients open(boolean development) {
    opened = OpenedDoor.open(
        graphql().query("who", Shop.WHO).allow(anyone()).at("/api/graphql"),
        settings -> settings.toBuilder().development(development).build());
    return opened.client();
  }

  @Test
  void aBrowserGetsThePageAndAllOfItComesFromHere() {
    HttpClients client = open(true);

    Reply page = client.get("/api/graphql?query=%7Bwho%7D", "accept", BROWSER);
    assertThat(page.status()).isEqualTo(200);
    assertThat(page.header("content-type")).isEqualTo("text/html; charset=utf-8");
    assertThat(page.header("cache-control")).isEqualTo("no-store");
    assertThat(page.header("content-security-policy"))
        .contains("default-src 'none'", "script-src 'self'")
        .doesNotContain("unsafe", "http");
    assertThat(page.body()).doesNotContain("http:", "https:", "<style", "{assets}");
    assertThat(Pattern.compile("(?:src|href)=\"([^\"]+)\"")
            .matcher(page.body())
            .results()
            .map(MatchResult.class::cast)
            .map(match -> match.group(1)))
        .hasSize(6)
        .allSatisfy(asset -> {
          Reply reply = client.get(asset);
          assertThat(reply.status()).as(asset).isEqualTo(200);
          assertThat(reply.header("content-type")).startsWith("text/");
          assertThat(reply.header("x-content-type-options")).isEqualTo("nosniff");
          assertThat(reply.body()).isNotBlank();
        });
  }

  @Test
  void nothingElseIsServedBesideIt() {
    HttpClients client = open(true);

    assertThat(client.get("/api/graphql/graphiql/index.html").status()).isEqualTo(404);
    assertThat(client.get("/api/graphql/graphiql/../../x").status()).isEqualTo(404);
    assertThat(client.get("/api/graphql/graphiql/").status()).isEqualTo(404);
  }

  @Test
  void programsAreAnsweredAsAlways() {
    HttpClients client = open(true);

    assertThat(client
            .get("/api/graphql?query=%7Bwho%7D", "graphql-require-preflight", "1")
            .body())
        .isEqualTo("{\"data\":{\"who\":\"nobody\"}}");
    assertThat(client.post("/api/graphql", "{\"query\":\"{who}\"}").body())
        .isEqualTo("{\"data\":{\"who\":\"nobody\"}}");
  }

  @Test
  void elsewhereThereIsNoPage() {
    HttpClients client = open(false);

    assertThat(client.get("/api/graphql", "accept", "text/html").status()).isEqualTo(406);
    assertThat(client.get("/api/graphql", "accept", BROWSER).body()).contains("CSRF_SUSPECTED");
    assertThat(client.get("/api/graphql/graphiql/page.js").status()).isEqualTo(404);
  }
}

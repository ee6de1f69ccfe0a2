package dev.gatehouse.graphql;

import static dev.gatehouse.dsl.Access.anyone;
import static dev.gatehouse.dsl.Verbs.object;
import static dev.gatehouse.graphql.GraphqlDoor.graphql;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.dsl.Composite;
import dev.gatehouse.dsl.ListOperation;
import dev.gatehouse.dsl.Operation;
import dev.gatehouse.dsl.Service;
import dev.gatehouse.runtime.config.GraphqlSettings;
import dev.gatehouse.runtime.config.GraphqlSettings.Introspection;
import dev.gatehouse.testing.HttpClients;
import dev.gatehouse.testing.HttpClients.Reply;
import dev.gatehouse.testing.OpenedDoor;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How operations travel. */
class GraphqlHttpTest {
  private static final GraphqlDoor DOOR = graphql()
      .query("who", Shop.WHO)
      .allow(anyone())
      .query("productPage", Shop.PAGE)
      .allow(anyone())
      .mutation("clearCart", Shop.CLEAR_CART)
      .allow(anyone())
      .argument("cart");
  private static final String PREFLIGHT = "graphql-require-preflight";
  private OpenedDoor opened;

  @AfterEach
  void close() {
    if (opened != null) {
      opened.close();
    }
  }

  private HttpClients open(GraphqlSettings graphql) {
    opened =
        OpenedDoor.open(DOOR, settings -> settings.toBuilder().graphql(graphql).build());
    return opened.client();
  }

  private static String code(Reply reply) {
    return new JsonObject(reply.body())
        .getJsonArray("errors")
        .getJsonObject(0)
        .getJsonObject("extensions")
        .getString("code");
  }

  @Test
  void queriesMayBeReadWithGetAndKeptByCaches() {
    HttpClients client = open(GraphqlSettings.DEFAULT);
    opened.services.json(
        "/products/p1", "{\"id\":\"p1\",\"name\":\"Tea\"}", "cache-control", "max-age=60");
    String target = "/graphql?query=%7BproductPage(id:%22p1%22)%7Bname%7D%7D";

    Reply reply = client.get(target, PREFLIGHT, "1");
    assertThat(reply.body()).isEqualTo("{\"data\":{\"productPage\":{\"name\":\"Tea\"}}}");
    assertThat(reply.header("content-type")).isEqualTo("application/json; charset=utf-8");
    assertThat(reply.header("cache-control")).isEqualTo("public, max-age=60");
    assertThat(reply.header("vary")).isEqualTo("accept, accept-encoding");
    assertThat(client
            .get(target, PREFLIGHT, "1", "if-none-match", reply.header("etag"))
            .status())
        .isEqualTo(304);
    assertThat(client.send("HEAD", target, null, PREFLIGHT, "1").status()).isEqualTo(200);
    assertThat(client
            .get(
                "/graphql?query=query($i:ID!)%7BproductPage(id:$i)%7Bname%7D%7D&variables=%7B%22i%22:%22p1%22%7D&operationName=",
                PREFLIGHT, "1")
            .body())
        .isEqualTo("{\"data\":{\"productPage\":{\"name\":\"Tea\"}}}");
  }

  @Test
  void aGetThatAPageOfAnotherSiteCouldSendIsRefused() {
    HttpClients client = open(GraphqlSettings.DEFAULT);

    Reply reply = client.get("/graphql?query=%7Bwho%7D");
    assertThat(reply.status()).isEqualTo(400);
    assertThat(code(reply)).isEqualTo("CSRF_SUSPECTED");
  }

  @Test
  void mutationsAreNeverRunWithGet() {
    HttpClients client =
        open(GraphqlSettings.DEFAULT.toBuilder().csrfPrevention(false).build());

    Reply reply = client.get("/graphql?query=mutation%7BclearCart(cart:%22c%22)%7D");
    assertThat(reply.status()).isEqualTo(405);
    assertThat(reply.header("allow")).isEqualTo("POST");
    assertThat(code(reply)).isEqualTo("METHOD_NOT_ALLOWED");
    assertThat(opened.services.requests()).isEmpty();
    assertThat(client.send("PUT", "/graphql", null).status()).isEqualTo(405);
    assertThat(client.send("OPTIONS", "/graphql", null).header("allow"))
        .isEqualTo("GET, HEAD, OPTIONS, POST");
    assertThat(client.get("/elsewhere").status()).isEqualTo(404);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "x",
        "1",
        "null",
        "\"{who}\"",
        "{}",
        "{\"query\":1}",
        "{\"query\":\" \"}",
        "{\"query\":\"{who}\",\"variables\":[]}",
        "{\"query\":\"{who}\",\"variables\":\"{}\"}",
        "{\"query\":\"{who}\",\"operationName\":1}",
        "{\"query\":\"{who}\",\"extensions\":0}",
        "{\"query\":\"{who}\",\"query\":\"{who}\"}",
        "{\"query\":\"{who}\"} more",
        "{\"query\":\"{who}\"",
        "[{\"query\":\"{who}\"}]"
      })
  void bodiesThatAreNoRequestAre400InEveryMediaType(String body) {
    HttpClients client = open(GraphqlSettings.DEFAULT);

    Reply reply = client.post("/graphql", body);
    assertThat(reply.status()).isEqualTo(400);
    assertThat(code(reply)).isIn("MALFORMED_REQUEST", "BATCHING_DISABLED");
  }

  @Test
  void mediaTypesAreNegotiated() {
    HttpClients client = open(GraphqlSettings.DEFAULT);
    String body = "{\"query\":\"{no}\"}";

    assertThat(client.post("/graphql", body).status()).isEqualTo(200);
    assertThat(client
            .send(
                "POST",
                "/graphql",
                body,
                "content-type",
                "application/json; charset=utf-8",
                "accept",
                "application/graphql-response+json, application/json;q=0.9")
            .status())
        .isEqualTo(400);
    assertThat(client
            .send(
                "POST", "/graphql", body, "content-type", "application/json", "accept", "text/html")
            .status())
        .isEqualTo(406);
    assertThat(
            client.send("POST", "/graphql", body, "content-type", "text/plain").status())
        .isEqualTo(415);
    assertThat(client.send("POST", "/graphql", body).status()).isEqualTo(415);
    assertThat(client
            .send(
                "POST", "/graphql", body, "content-type", "application/json", "accept", "*/*;q=0.1")
            .header("content-type"))
        .startsWith("application/json");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "multipart/form-data; boundary=x",
        "application/x-www-form-urlencoded",
        "application/graphql",
        "application/json; charset=iso-8859-1",
        "application/json; charset=\"utf-16\"",
        "application/json; boundary=x; Charset=us-ascii"
      })
  void whatPagesOfOtherSitesCanSendAndWhatIsNotUtf8IsRefused(String type) {
    HttpClients client =
        open(GraphqlSettings.DEFAULT.toBuilder().csrfPrevention(false).build());
    String operation = "{\"query\":\"mutation { clearCart(cart: \\\"c\\\") }\"}";
    String upload = "--x\r\ncontent-disposition: form-data; name=\"operations\"\r\n\r\n" + operation
        + "\r\n--x\r\ncontent-disposition: form-data; name=\"map\"\r\n\r\n{}\r\n--x--\r\n";

    for (String body : new String[] {operation, upload}) {
      Reply reply = client.send(
          "POST", "/graphql", body, "content-type", type, "graphql-require-preflight", "1");
      assertThat(reply.status()).isEqualTo(415);
      assertThat(code(reply)).isEqualTo("UNSUPPORTED_MEDIA_TYPE");
    }
    assertThat(opened.services.requests()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "application/json;charset=UTF-8",
        "Application/JSON; charset=\"utf-8\"",
        "application/json; odata=x"
      })
  void bodiesInUtf8AreReadHoweverTheirTypeIsWritten(String type) {
    HttpClients client = open(GraphqlSettings.DEFAULT);

    assertThat(client
            .send("POST", "/graphql", "{\"query\":\"{ who }\"}", "content-type", type)
            .body())
        .isEqualTo("{\"data\":{\"who\":\"nobody\"}}");
  }

  @Test
  void batchesAreAnsweredWhereTheyAreOn() {
    HttpClients client = open(GraphqlSettings.DEFAULT.toBuilder().maxBatch(2).build());

    assertThat(client
            .post("/graphql", "[{\"query\":\"{who}\"},{\"query\":\"{no}\"}]")
            .body())
        .startsWith("[{\"data\":{\"who\":\"nobody\"}},{\"errors\":[");
    assertThat(client.post("/graphql", "[]").status()).isEqualTo(400);
    assertThat(client
            .post("/graphql", "[" + "{\"query\":\"{who}\"},".repeat(2) + "{\"query\":\"{who}\"}]")
            .status())
        .isEqualTo(400);
  }

  @ParameterizedTest
  @ValueSource(strings = {"text/event-stream", "multipart/mixed;incrementalSpec=v0.2"})
  void whatIsNeverAnsweredInATypeIsNotAcceptableInIt(String accept) {
    HttpClients client = open(GraphqlSettings.DEFAULT.toBuilder().maxBatch(2).build());

    Reply reply = client.send(
        "POST",
        "/graphql",
        "[{\"query\":\"{who}\"}]",
        "content-type",
        "application/json",
        "accept",
        accept);

    assertThat(reply.status()).isEqualTo(406);
    assertThat(code(reply)).isEqualTo("NOT_ACCEPTABLE");
  }

  @Test
  void aRefusalIsToldByItsStatusToThoseWhoTakePartsAlone() {
    HttpClients client = open(GraphqlSettings.DEFAULT);

    Reply reply = client.send(
        "POST",
        "/graphql",
        "{\"query\":\"{ nothing }\"}",
        "content-type",
        "application/json",
        "accept",
        "multipart/mixed;incrementalSpec=v0.2");

    assertThat(reply.status()).isEqualTo(400);
    assertThat(code(reply)).isEqualTo("GRAPHQL_VALIDATION_FAILED");
  }

  @Test
  void theSchemaIsToldWhereThatIsOn() {
    HttpClients client = open(
        GraphqlSettings.DEFAULT.toBuilder().introspection(Introspection.ALWAYS).build());

    assertThat(client
            .post(
                "/graphql",
                "{\"query\":\"{ who s: __schema { queryType { ...N } } t: __type(name: \\\"ProductPage\\\") { ...N } } fragment N on __Type { name }\"}")
            .body())
        .isEqualTo(
            "{\"data\":{\"who\":\"nobody\",\"s\":{\"queryType\":{\"name\":\"Query\"}},\"t\":{\"name\":\"ProductPage\"}}}");
    assertThat(opened.management().get("/bffs/test/schema.graphqls").body()).isEqualTo(DOOR.sdl());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{ a: __schema { queryType { name } } b: __schema { queryType { name } } }",
        "{ __schema { types { fields { type { fields { type { fields { name } } } } } } } }"
      })
  void questionsAboutTheSchemaThatAreNotInGoodFaithAreRefused(String query) {
    HttpClients client = open(
        GraphqlSettings.DEFAULT.toBuilder().introspection(Introspection.ALWAYS).build());
    assertThat(code(client.post("/graphql", "{\"query\":\"" + query + "\"}")))
        .isEqualTo("LIMIT_EXCEEDED");
    opened.close();

    HttpClients closed = open(
        GraphqlSettings.DEFAULT.toBuilder().introspection(Introspection.NEVER).build());
    assertThat(code(closed.post("/graphql", "{\"query\":\"" + query + "\"}")))
        .isEqualTo("INTROSPECTION_DISABLED");
  }

  @Test
  void whatCouldCostTooMuchIsRefusedWithTheFigure() {
    HttpClients client = open(GraphqlSettings.DEFAULT.toBuilder().maxCalls(1).build());

    Reply reply = client.post(
        "/graphql", "{\"query\":\"{ productPage(id: \\\"p1\\\") { name price { amount } } }\"}");
    assertThat(code(reply)).isEqualTo("COST_EXCEEDED");
    assertThat(new JsonObject(reply.body())
            .getJsonArray("errors")
            .getJsonObject(0)
            .getJsonObject("extensions")
            .getLong("calls"))
        .isEqualTo(2);
    assertThat(opened.services.requests()).isEmpty();
  }

  record Post(String id) {}

  record Book(String id, List<Mark> marks, List<Post> posts) {}

  record Mark(String text) {}

  @Test
  void rowsAreBoundedEvenBesideAListThatNothingBounds() {
    ListOperation<String, Post> posts =
        Service.named("catalog").get("/posts{?of}").returnsList(Post.class).atMost(50);
    Operation<String, BookEntry> book =
        Service.named("catalog").get("/books/{id}").returns(BookEntry.class);
    Composite<String, Book> books = Composite.named(
        "Book",
        String.class,
        id -> object(Book.class)
            .from(book.call(id))
            .with(Book::posts, posts.call(id).each(post -> object(Post.class).from(post))));
    opened = OpenedDoor.open(
        graphql().query("book", books).allow(anyone()),
        settings -> settings.toBuilder()
            .graphql(GraphqlSettings.DEFAULT.toBuilder().maxRows(60).build())
            .build());
    String both = "{ book(id: \\\"b\\\") { marks { text } posts { id } } }";

    assertThat(rows(both)).isZero();
    assertThat(
            rows(
                "{ a: book(id: \\\"b\\\") { posts { id } } b: book(id: \\\"c\\\") { posts { id } marks { text } } }"))
        .isEqualTo(100);
  }

  record BookEntry(String id, List<Mark> marks) {}

  /** The figure that an operation is refused with; 0 where it is not. */
  private long rows(String query) {
    JsonArray errors = new JsonObject(
            opened.client().post("/graphql", "{\"query\":\"" + query + "\"}").body())
        .getJsonArray("errors", new JsonArray());
    JsonObject extensions =
        errors.isEmpty() ? new JsonObject() : errors.getJsonObject(0).getJsonObject("extensions");
    return "COST_EXCEEDED".equals(extensions.getString("code")) ? extensions.getLong("rows") : 0;
  }

  @Test
  void whoCannotBeFoundOutIsRefused() {
    opened =
        OpenedDoor.open(DOOR, settings -> settings, request -> Future.failedFuture("no token"));

    Reply reply = opened.client().post("/graphql", "{\"query\":\"{who}\"}");
    assertThat(reply.status()).isEqualTo(401);
    assertThat(code(reply)).isEqualTo("UNAUTHENTICATED");
  }

  @Test
  void largeBodiesAndBadUtf8AreRefused() {
    opened = OpenedDoor.open(
        DOOR,
        settings ->
            settings.toBuilder().limits(settings.limits().withMaxBodyBytes(100)).build());

    assertThat(opened
            .client()
            .post("/graphql", "{\"query\":\"" + "x".repeat(200) + "\"}")
            .status())
        .isEqualTo(413);
    assertThat(opened
            .client()
            .send("POST", "/graphql", "{\"query\":\"\ud83d\"}", "content-type", "application/json")
            .status())
        .isEqualTo(200);
  }
}

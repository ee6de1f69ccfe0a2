package dev.gatehouse.graphql;

import static dev.gatehouse.dsl.Access.anyone;
import static dev.gatehouse.graphql.GraphqlDoor.graphql;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.dsl.Composite;
import dev.gatehouse.dsl.Operation;
import dev.gatehouse.dsl.Service;
import dev.gatehouse.testing.HttpClients.Reply;
import dev.gatehouse.testing.OpenedDoor;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Each root field has the deadline of its composite: one that is late costs the others neither their answers nor their time. */
class DeadlinesTest {
  record Note(String text) {}

  private static final Operation<String, Note> SHORT_NOTE =
      Service.named("catalog").get("/short/{id}").returns(Note.class);
  private static final Operation<String, Note> LONG_NOTE =
      Service.named("catalog").get("/long/{id}").returns(Note.class);

  private final CompletableFuture<Void> givenUp = new CompletableFuture<>();
  private final CompletableFuture<HttpServerRequest> held = new CompletableFuture<>();
  private OpenedDoor door;

  @BeforeEach
  void open() {
    door = OpenedDoor.open(graphql()
        .query(
            "hasty",
            Composite.named("Hasty", String.class, SHORT_NOTE::call).within(Duration.ofMillis(150)))
        .allow(anyone())
        .query(
            "patient",
            Composite.named("Patient", String.class, LONG_NOTE::call)
                .within(Duration.ofSeconds(60)))
        .allow(anyone()));
    door.services.at(
        "/short/1", request -> request.response().closeHandler(left -> givenUp.complete(null)));
    door.services.at("/long/1", held::complete);
  }

  @AfterEach
  void close() {
    door.close();
  }

  private CompletableFuture<Reply> ask(String query) {
    return CompletableFuture.supplyAsync(() ->
        door.client().post("/graphql", new JsonObject().put("query", query).encode()));
  }

  @Test
  void aFieldThatIsLateIsLostAndOneWithMoreTimeIsWaitedFor() throws Exception {
    CompletableFuture<Reply> answer =
        ask("{ hasty(id: \"1\") { text } patient(id: \"1\") { text } }");

    givenUp.get(60, TimeUnit.SECONDS);
    assertThat(answer).isNotDone();
    held.get(60, TimeUnit.SECONDS).response().end("{\"text\":\"worth it\"}");

    assertThat(answer.get(60, TimeUnit.SECONDS).body())
        .isEqualTo(
            "{\"data\":{\"hasty\":null,\"patient\":{\"text\":\"worth it\"}},\"errors\":[{\"message\":"
                + "\"A service that is needed for this did not answer in time.\",\"locations\":[{\"line\":1,\"column\":3}],"
                + "\"path\":[\"hasty\"],\"extensions\":{\"code\":\"TIMED_OUT\"}}]}");
  }

  @Test
  void aFieldWithLittleTimeAloneIsAnsweredWithItsLoss() throws Exception {
    assertThat(ask("{ hasty(id: \"1\") { text } }").get(60, TimeUnit.SECONDS).body())
        .startsWith("{\"data\":{\"hasty\":null},\"errors\":[");
    givenUp.get(60, TimeUnit.SECONDS);
  }
}

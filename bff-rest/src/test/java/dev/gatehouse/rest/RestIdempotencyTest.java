package dev.gatehouse.rest;

import static dev.gatehouse.dsl.Access.anyone;
import static dev.gatehouse.rest.RestDoor.rest;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.dsl.Composite;
import dev.gatehouse.dsl.Operation;
import dev.gatehouse.dsl.Service;
import dev.gatehouse.testing.OpenedDoor;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A repeated request is known to services by the keys of its calls. */
class RestIdempotencyTest {
  record Note(String text) {}

  record Kept(String id) {}

  private static final Operation<Note, Kept> KEEP =
      Service.named("cart").post("/notes").withIdempotencyKey().returns(Kept.class);
  private static final Composite<Note, Kept> KEEP_NOTE =
      Composite.named("KeepNote", Note.class, KEEP::call);

  @Test
  void keysFollowFromTheClientsOwn() {
    try (OpenedDoor door = OpenedDoor.open(rest()
        .post("/api/notes", KEEP_NOTE)
        .allow(anyone())
        .post("/api/others", KEEP_NOTE)
        .allow(anyone()))) {
      door.services.json("/notes", "{\"id\":\"1\"}");
      String first = keySent(door, "/api/notes", "k-1");

      assertThat(keySent(door, "/api/notes", "k-1")).isEqualTo(first).isNotEqualTo("k-1");
      assertThat(keySent(door, "/api/notes", "k-2")).isNotEqualTo(first);
      assertThat(keySent(door, "/api/others", "k-1")).isNotEqualTo(first);
      assertThat(keySent(door, "/api/notes", "")).isNotEqualTo(keySent(door, "/api/notes", ""));
    }
  }

  private static String keySent(OpenedDoor door, String path, String key) {
    door.services.headers().clear();
    assertThat(door.client()
            .send(
                "POST",
                path,
                "{\"text\":\"a\"}",
                "content-type",
                "application/json",
                "idempotency-key",
                key)
            .status())
        .isEqualTo(200);
    List<String> sent = new ArrayList<>();
    door.services.headers().forEach(header -> {
      if (header.getKey().equals("idempotency-key")) {
        sent.add(header.getValue());
      }
    });
    assertThat(sent).hasSize(1);
    return sent.get(0);
  }
}

package dev.gatehouse.rest;

import static dev.gatehouse.dsl.Access.anyone;
import static dev.gatehouse.rest.RestDoor.rest;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.dsl.Composite;
import dev.gatehouse.dsl.ListOperation;
import dev.gatehouse.dsl.Operation;
import dev.gatehouse.dsl.Service;
import dev.gatehouse.dsl.TypeRef;
import dev.gatehouse.dsl.Verbs;
import dev.gatehouse.dsl.contract.Nothing;
import dev.gatehouse.testing.OpenedDoor;
import io.swagger.v3.parser.OpenAPIV3Parser;
import java.math.BigDecimal;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Unions and maps, in answers and in bodies; and all of it over HTTP/2. */
class RestDoorUnionsTest {
  /** Told apart by {@code type}. */
  sealed interface Media permits Image, Clip {}

  record Image(String url, int width) implements Media {}

  record Clip(String url, int seconds) implements Media {}

  record Offer(String name, BigDecimal price) {}

  record Upload(String album, List<Media> media) {}

  private static final ListOperation<Nothing, Media> MEDIA =
      Service.named("catalog").get("/media").returnsList(Media.class).atMost(10);
  private static final Operation<Nothing, Map<String, Offer>> OFFERS =
      Service.named("catalog").get("/offers").returnsType(new TypeRef<Map<String, Offer>>() {});
  private static final Operation<Upload, Nothing> UPLOAD =
      Service.named("catalog").post("/albums/{album}").returnsNothing();

  private static final RestDoor DOOR = rest()
      .get("/api/media", Composite.withoutInput("AllMedia", () -> MEDIA.call(Verbs.nothing())))
      .allow(anyone())
      .get("/api/offers", Composite.withoutInput("Offers", () -> OFFERS.call(Verbs.nothing())))
      .allow(anyone())
      .post("/api/albums/{album}", Composite.named("Upload", Upload.class, UPLOAD::call))
      .allow(anyone());

  @Test
  void theFieldsOfEveryCaseAreSelectedByName() {
    try (OpenedDoor door = OpenedDoor.open(DOOR)) {
      door.services.json(
          "/media",
          "[{\"type\":\"Image\",\"url\":\"/a\",\"width\":10},{\"url\":\"/b\",\"seconds\":3,\"type\":\"Clip\"}]");

      assertThat(door.client().get("/api/media").body())
          .isEqualTo(
              "[{\"type\":\"Image\",\"url\":\"/a\",\"width\":10},{\"type\":\"Clip\",\"url\":\"/b\",\"seconds\":3}]");
      assertThat(door.client().get("/api/media?fields=type,seconds").body())
          .isEqualTo("[{\"type\":\"Image\"},{\"type\":\"Clip\",\"seconds\":3}]");
      assertThat(door.client().get("/api/media?fields=height").body())
          .contains("height is unknown (known: type, url, width, seconds)");
    }
  }

  @Test
  void theValuesOfAMapAreSelectedFrom() {
    try (OpenedDoor door = OpenedDoor.open(DOOR)) {
      door.services.json(
          "/offers",
          "{\"a\":{\"name\":\"A\",\"price\":1.0},\"b\":{\"name\":\"B\",\"price\":2.50}}");

      assertThat(door.client().get("/api/offers?fields=price").body())
          .isEqualTo("{\"a\":{\"price\":1.0},\"b\":{\"price\":2.50}}");
    }
  }

  @Test
  void unionsInBodiesAreCheckedCaseByCase() {
    try (OpenedDoor door = OpenedDoor.open(DOOR)) {
      door.services.at(
          "/albums/x", request -> request.response().setStatusCode(204).end());
      String media = "{\"media\":[{\"type\":\"Image\",\"url\":\"/a\",\"width\":10}]}";

      assertThat(door.client().post("/api/albums/x", media).status()).isEqualTo(204);
      assertThat(door.services.requests()).containsExactly("POST /albums/x " + media);
      assertThat(door.client()
              .post("/api/albums/x", media.replace("Image", "Clip"))
              .body())
          .contains("/media/0/width", "/media/0/seconds");
    }
  }

  @Test
  void theDescriptionIsSound() {
    try (OpenedDoor door = OpenedDoor.open(DOOR)) {
      String document = door.management().get("/bffs/test/openapi.json").body();

      assertThat(new OpenAPIV3Parser().readContents(document).getMessages()).isEmpty();
    }
  }

  @Test
  void allOfItWorksOverHttp2() throws Exception {
    try (OpenedDoor door = OpenedDoor.open(
        DOOR,
        settings ->
            settings.toBuilder().limits(settings.limits().withMaxBodyBytes(100)).build())) {
      door.services
          .json("/media", "[]")
          .at("/albums/x", request -> request.response().setStatusCode(204).end());
      HttpClient client =
          HttpClient.newBuilder().version(HttpClient.Version.HTTP_2).build();

      HttpResponse<String> media =
          client.send(request(door, "/api/media").build(), BodyHandlers.ofString());
      HttpResponse<String> upload = client.send(
          request(door, "/api/albums/x")
              .header("content-type", "application/json")
              .POST(BodyPublishers.ofString("{\"media\":[]}"))
              .build(),
          BodyHandlers.ofString());
      HttpResponse<String> tooLarge = client.send(
          request(door, "/api/albums/x")
              .header("content-type", "application/json")
              .POST(BodyPublishers.ofString("{\"media\":[" + " ".repeat(5_000) + "]}"))
              .build(),
          BodyHandlers.ofString());

      assertThat(media.version()).isEqualTo(HttpClient.Version.HTTP_2);
      assertThat(media.body()).isEqualTo("[]");
      assertThat(upload.statusCode()).isEqualTo(204);
      assertThat(tooLarge.statusCode()).isEqualTo(413);
    }
  }

  private static HttpRequest.Builder request(OpenedDoor door, String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + door.client().port() + path));
  }
}

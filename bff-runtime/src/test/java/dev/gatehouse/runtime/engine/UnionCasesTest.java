package dev.gatehouse.runtime.engine;

import static dev.gatehouse.dsl.Verbs.is;
import static dev.gatehouse.dsl.Verbs.object;
import static dev.gatehouse.dsl.Verbs.oneOf;
import static dev.gatehouse.runtime.engine.FailureClimbingTest.OFFER;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.dsl.Composite;
import dev.gatehouse.dsl.ListOperation;
import dev.gatehouse.dsl.Service;
import dev.gatehouse.runtime.engine.FailureClimbingTest.Offer;
import dev.gatehouse.runtime.upstream.FailureClass;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What becomes of a value that is one of several types, whole or in part. */
class UnionCasesTest {
  private final ScriptedServices services =
      new ScriptedServices().answer("offers GET /offers/i", "{\"id\":\"i\",\"price\":7}");

  sealed interface Media permits Photo, Film {}

  record Photo(String url, int width) implements Media {}

  record Film(String url, int minutes) implements Media {}

  sealed interface Tile permits PhotoTile, FilmTile {}

  record PhotoTile(String url, @Nullable Offer offer) implements Tile {}

  record FilmTile(String url, int minutes) implements Tile {}

  record Wall(List<Tile> tiles) {}

  static final ListOperation<String, Media> MEDIA =
      Service.named("media").get("/media/{id}").returnsList(Media.class).atMost(9);

  @Test
  void eachCaseOfAUnionBecomesAnother() {
    Composite<String, Wall> wall = Composite.named(
        "Wall",
        String.class,
        id -> object(Wall.class)
            .with(
                Wall::tiles,
                MEDIA
                    .call(id)
                    .each(media -> oneOf(
                        Tile.class,
                        media,
                        is(
                            Photo.class,
                            photo -> object(PhotoTile.class)
                                .from(photo)
                                .with(PhotoTile::offer, OFFER.call(photo.get(Photo::url)))),
                        is(
                            Film.class,
                            film ->
                                object(FilmTile.class).from(film).orElse(new FilmTile("?", 0)))))));
    services.answer(
        "media GET /media/m",
        "[{\"type\":\"Photo\",\"url\":\"i\",\"width\":1},{\"url\":\"f\",\"minutes\":9,\"type\":\"Film\"},"
            + "{\"type\":\"Film\",\"url\":\"g\"}]");
    assertThat(Trial.of(wall, services).given("\"m\"").json())
        .isEqualTo(
            "{\"tiles\":[{\"type\":\"PhotoTile\",\"url\":\"i\",\"offer\":{\"id\":\"i\",\"price\":7}},"
                + "{\"type\":\"FilmTile\",\"url\":\"f\",\"minutes\":9},"
                + "{\"type\":\"FilmTile\",\"url\":\"?\",\"minutes\":0}]}");
    assertThat(services.calls).containsExactly("media GET /media/m", "offers GET /offers/i");
  }

  record Link(String url) {}

  record Links(List<@Nullable Link> links) {}

  @Test
  void aComponentThatAllCasesHaveFailsAsWhatItIs() {
    Composite<String, Links> links = Composite.named(
        "Links",
        String.class,
        id -> object(Links.class)
            .with(
                Links::links,
                MEDIA.call(id).each(media -> object(Link.class).from(media).orNull())));
    services.answer(
        "media GET /media/m",
        "[{\"type\":\"Film\",\"url\":\"f\"},{\"type\":\"Photo\",\"url\":5},{\"type\":\"Film\"},{\"type\":\"Song\",\"url\":\"s\"}]");
    Trial trial = Trial.of(links, services).given("\"m\"");
    assertThat(trial.json()).isEqualTo("{\"links\":[{\"url\":\"f\"},null,null,null]}");
    assertThat(trial.answer().losses()).allSatisfy(loss -> {
      assertThat(loss.failureClass()).isEqualTo(FailureClass.NONSENSE);
      assertThat(loss.replaced()).isFalse();
    });
    assertThat(trial.answer().losses())
        .extracting(Answer.Loss::path)
        .containsExactly(
            List.of("links", 1, "url"), List.of("links", 2, "url"), List.of("links", 3, "url"));
  }
}

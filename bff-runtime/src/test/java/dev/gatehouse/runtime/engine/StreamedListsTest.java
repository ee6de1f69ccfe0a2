package dev.gatehouse.runtime.engine;

import static dev.gatehouse.dsl.Verbs.object;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.dsl.Composite;
import dev.gatehouse.dsl.ListOperation;
import dev.gatehouse.dsl.Operation;
import dev.gatehouse.dsl.Service;
import dev.gatehouse.runtime.plan.Selection;
import dev.gatehouse.runtime.plan.Selection.Streamed;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The first elements of a streamed list wait for no call of the others. */
class StreamedListsTest {
  record User(String id, String name) {}

  record Post(String id, String author) {}

  record PostView(String id, User author) {}

  record Feed(List<PostView> posts, List<Post> plain) {}

  static final Operation<String, User> USER =
      Service.named("users").get("/users{?ids*}").batchOf(User.class, User::id).upTo(9);

  static final ListOperation<String, Post> POSTS =
      Service.named("posts").get("/posts/{user}").returnsList(Post.class).atMost(20);

  static final Composite<String, Feed> FEED = Composite.named(
      "Feed",
      String.class,
      id -> object(Feed.class)
          .with(
              Feed::posts,
              POSTS
                  .call(id)
                  .each(post -> object(PostView.class)
                      .from(post)
                      .with(PostView::author, USER.call(post.get(Post::author)))))
          .with(Feed::plain, POSTS.call(id)));

  private final ScriptedServices services = new ScriptedServices()
      .answer(
          "posts GET /posts/a",
          "[{\"id\":\"1\",\"author\":\"b\"},{\"id\":\"2\",\"author\":\"c\"},{\"id\":\"3\",\"author\":\"b\"}]")
      .answer("users GET /users?ids=b", "[{\"id\":\"b\",\"name\":\"B\"}]")
      .answer("users GET /users?ids=c", "[{\"id\":\"c\",\"name\":\"C\"}]")
      .answer(
          "users GET /users?ids=b&ids=c",
          "[{\"id\":\"b\",\"name\":\"B\"},{\"id\":\"c\",\"name\":\"C\"}]");

  private Trial trial(String list, int initialCount) {
    Selection selection = list.equals("plain")
        ? Selection.of(Selection.field("id"))
        : Selection.of(Selection.field("author", Selection.of(Selection.field("name"))));
    return Trial.of(FEED, services)
        .given("\"a\"")
        .selecting(
            Selection.of(Selection.field(list, selection.streamed(new Streamed(1, initialCount)))));
  }

  private static List<String> texts(Trial trial) {
    return trial.pieces.stream()
        .map(piece -> piece.path() + " " + (piece.json() == null ? piece.failure() : piece.json()))
        .toList();
  }

  @Test
  void theHeadWaitsForNoCallOfTheTailAndNoKeyIsAskedForTwice() {
    services.hold();
    Trial trial = trial("posts", 1);
    trial.startInParts();
    services.releaseOne("posts GET /posts/a");
    assertThat(services.calls)
        .containsExactly("posts GET /posts/a", "users GET /users?ids=b", "users GET /users?ids=c");
    services.releaseOne("users GET /users?ids=b");
    assertThat(texts(trial)).containsExactly("[] {\"posts\":[{\"author\":{\"name\":\"B\"}}]}");
    services.release();
    assertThat(texts(trial))
        .hasSize(2)
        .last()
        .isEqualTo("[posts] [{\"author\":{\"name\":\"C\"}},{\"author\":{\"name\":\"B\"}}]");
  }

  @Test
  void aListThatIsNotLongerHasNoRest() {
    Trial trial = trial("posts", 3);
    trial.startInParts();
    assertThat(trial.pieces).hasSize(1);
    assertThat(trial.pieces.get(0).awaited()).isEmpty();
    assertThat(services.calls)
        .containsExactly("posts GET /posts/a", "users GET /users?ids=b&ids=c");
  }

  @Test
  void aListThatIsReadAsItStandsIsWrittenInTwoParts() {
    Trial trial = trial("plain", 2);
    trial.startInParts();
    assertThat(texts(trial))
        .containsExactly(
            "[] {\"plain\":[{\"id\":\"1\"},{\"id\":\"2\"}]}", "[plain] [{\"id\":\"3\"}]");
  }

  @Test
  void whatIsLostInTheTailCostsTheTailAndIsToldByItsIndex() {
    services.answer("users GET /users?ids=c", 500, "");
    Trial trial = trial("posts", 1);
    trial.startInParts();
    assertThat(texts(trial)).last().isEqualTo("[posts] SERVER_ERROR");
    assertThat(trial.pieces.get(1).losses())
        .singleElement()
        .satisfies(loss -> assertThat(loss.path()).containsExactly("posts", 1, "author"));
  }

  @Test
  void theBoundCountsBothHalves() {
    assertThat(trial("posts", 5).plan().maxCalls()).isEqualTo(1 + 1 + 2);
  }
}

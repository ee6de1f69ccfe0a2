package dev.gatehouse.runtime.engine;

import static dev.gatehouse.dsl.Verbs.object;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.dsl.Composite;
import dev.gatehouse.dsl.ListOperation;
import dev.gatehouse.dsl.Operation;
import dev.gatehouse.dsl.Service;
import dev.gatehouse.runtime.plan.Selection;
import dev.gatehouse.runtime.plan.Selection.Deferred;
import dev.gatehouse.runtime.upstream.FailureClass;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Each part of an answer leaves when its own calls are done, and no call is made twice. */
class DeferredPartsTest {
  record User(String id, String name) {}

  record Post(String id, String author) {}

  record PostView(String id, User author, @Nullable User editor) {}

  record Feed(
      String id,
      User owner,
      @Nullable List<PostView> posts,
      @Nullable User friend) {}

  record Moved(String id, @Nullable User owner) {}

  static final Operation<String, User> USER =
      Service.named("users").get("/users{?ids*}").batchOf(User.class, User::id).upTo(9);

  static final Operation<String, User> FRIEND =
      Service.named("friends").get("/friends/{id}").perItemUpTo(20).returns(User.class);

  static final ListOperation<String, Post> POSTS =
      Service.named("posts").get("/posts/{user}").returnsList(Post.class).atMost(20);

  static final Operation<String, User> MOVE =
      Service.named("users").post("/moves/{id}").returns(User.class);

  static final Composite<String, Feed> FEED = Composite.named(
      "Feed",
      String.class,
      id -> object(Feed.class)
          .with(Feed::id, id)
          .with(Feed::owner, USER.call(id))
          .with(
              Feed::posts,
              POSTS
                  .call(id)
                  .each(post -> object(PostView.class)
                      .from(post)
                      .with(PostView::author, USER.call(post.get(Post::author)))
                      .with(PostView::editor, FRIEND.call(post.get(Post::id)).orNull()))
                  .orNull())
          .with(Feed::friend, FRIEND.call(id).orNull()));

  static final Composite<String, Moved> MOVED = Composite.named("Moved", String.class, id -> {
    var moved = MOVE.call(id);
    return object(Moved.class)
        .with(Moved::id, moved.get(User::id))
        .with(Moved::owner, USER.call(id).orNull());
  });

  private final ScriptedServices services = new ScriptedServices()
      .answer("users GET /users?ids=a", "[{\"id\":\"a\",\"name\":\"A\"}]")
      .answer(
          "users GET /users?ids=b&ids=c",
          "[{\"id\":\"b\",\"name\":\"B\"},{\"id\":\"c\",\"name\":\"C\"}]")
      .answer(
          "posts GET /posts/a", "[{\"id\":\"1\",\"author\":\"b\"},{\"id\":\"2\",\"author\":\"c\"}]")
      .answer("friends GET /friends/a", "{\"id\":\"f\",\"name\":\"F\"}");

  private static Selection.Field of(String name, Selection selection) {
    return Selection.field(name, selection);
  }

  private static Selection.Field name(String field) {
    return of(field, Selection.of(Selection.field("name")));
  }

  private static Selection deferring(List<Selection.Field> now, Deferred... later) {
    return new Selection(now, List.of(later));
  }

  private Trial trial(Composite<?, ?> composite, Selection selection) {
    return Trial.of(composite, services).given("\"a\"").selecting(selection);
  }

  private static String text(Piece piece) {
    return piece.part() + " " + piece.path() + " "
        + (piece.json() == null ? piece.failure() : piece.json());
  }

  private static List<String> texts(Trial trial) {
    return trial.pieces.stream().map(DeferredPartsTest::text).toList();
  }

  @Test
  void theFirstPartDoesNotWaitForCallsOfADeferredOne() {
    services.hold();
    Trial trial =
        trial(FEED, deferring(List.of(name("owner")), new Deferred(1, List.of(name("friend")))));
    trial.startInParts();
    services.releaseOne("users GET /users?ids=a");

    assertThat(texts(trial)).containsExactly("0 [] {\"owner\":{\"name\":\"A\"}}");
    assertThat(trial.pieces.get(0).awaited()).containsExactly(new Piece.Place(1, List.of()));
    assertThat(trial.answers).isEmpty();
    services.release();
    assertThat(texts(trial)).hasSize(2).last().isEqualTo("1 [] {\"friend\":{\"name\":\"F\"}}");
    assertThat(trial.answer().calls()).hasSize(2);
    assertThat(services.calls).hasSize(2);
  }

  @Test
  void theFirstPartWaitsForNoKeyThatOnlyADeferredOneAsksFor() {
    services
        .answer("posts GET /posts/a", "[{\"id\":\"1\",\"author\":\"b\"}]")
        .answer("users GET /users?ids=b", "[{\"id\":\"b\",\"name\":\"B\"}]")
        .answer("users GET /users?ids=1", "[{\"id\":\"1\",\"name\":\"I\"}]")
        .hold();
    Composite<String, Feed> feed = Composite.named(
        "Feed",
        String.class,
        id -> object(Feed.class)
            .with(Feed::id, id)
            .with(Feed::owner, USER.call(id))
            .with(
                Feed::posts,
                POSTS
                    .call(id)
                    .each(post -> object(PostView.class)
                        .from(post)
                        .with(PostView::author, USER.call(post.get(Post::author)))
                        .with(PostView::editor, USER.call(post.get(Post::id)).orNull())))
            .with(Feed::friend, FRIEND.call(id).orNull()));
    Trial trial = trial(
        feed,
        Selection.of(of(
            "posts",
            deferring(List.of(name("author")), new Deferred(1, List.of(name("editor")))))));
    trial.startInParts();
    services.releaseOne("posts GET /posts/a");
    services.releaseOne("users GET /users?ids=b");
    assertThat(texts(trial)).containsExactly("0 [] {\"posts\":[{\"author\":{\"name\":\"B\"}}]}");
    services.release();
    assertThat(texts(trial)).last().isEqualTo("1 [posts, 0] {\"editor\":{\"name\":\"I\"}}");
  }

  @Test
  void aPartThatIsDoneEarlierStillComesAfterTheFirst() {
    services.hold();
    Trial trial =
        trial(FEED, deferring(List.of(name("owner")), new Deferred(1, List.of(name("friend")))));
    trial.startInParts();
    services.releaseOne("friends GET /friends/a");
    assertThat(trial.pieces).isEmpty();
    services.release();
    assertThat(trial.pieces).extracting(Piece::part).containsExactly(0, 1);
  }

  @Test
  void aPartOfRowsComesForEachRowAndCostsOneCall() {
    services.hold();
    Trial trial = trial(
        FEED,
        deferring(List.of(of(
            "posts",
            deferring(List.of(Selection.field("id")), new Deferred(1, List.of(name("author"))))))));
    trial.startInParts();
    services.releaseOne("posts GET /posts/a");
    assertThat(texts(trial)).containsExactly("0 [] {\"posts\":[{\"id\":\"1\"},{\"id\":\"2\"}]}");
    services.release();
    assertThat(texts(trial).subList(1, 3))
        .containsExactly(
            "1 [posts, 0] {\"author\":{\"name\":\"B\"}}",
            "1 [posts, 1] {\"author\":{\"name\":\"C\"}}");
    assertThat(services.calls)
        .containsExactly("posts GET /posts/a", "users GET /users?ids=b&ids=c");
  }

  @Test
  void partsWithinPartsComeAfterThem() {
    Trial trial = trial(
        FEED,
        deferring(
            List.of(Selection.field("id")),
            new Deferred(
                1,
                List.of(of(
                    "posts",
                    deferring(
                        List.of(Selection.field("id")),
                        new Deferred(2, List.of(name("author")))))))));
    trial.startInParts();
    assertThat(trial.pieces).extracting(Piece::part).containsExactly(0, 1, 2, 2);
    assertThat(trial.pieces.get(0).awaited()).containsExactly(new Piece.Place(1, List.of()));
    assertThat(trial.pieces.get(1).awaited()).hasSize(2);
  }

  @Test
  void aLossInAPartCostsThatPartOnly() {
    services.answer("users GET /users?ids=a", 500, "");
    Trial trial = trial(
        FEED,
        deferring(
            List.of(Selection.field("id")),
            new Deferred(1, List.of(name("owner"))),
            new Deferred(2, List.of(name("friend")))));
    trial.startInParts();
    assertThat(texts(trial))
        .containsExactly(
            "0 [] {\"id\":\"a\"}", "1 [] SERVER_ERROR", "2 [] {\"friend\":{\"name\":\"F\"}}");
    assertThat(trial.pieces.get(1).losses())
        .singleElement()
        .satisfies(loss -> assertThat(loss.path()).containsExactly("owner"));
    assertThat(trial.answer().failure()).isNull();
    assertThat(trial.answer().losses()).hasSize(1);
  }

  @Test
  void nothingFollowsOfAnObjectThatWasLost() {
    services.answer("users GET /users?ids=b&ids=c", 500, "");
    Trial trial = trial(
        FEED,
        Selection.of(of(
            "posts",
            deferring(List.of(name("author")), new Deferred(1, List.of(name("editor")))))));
    trial.startInParts();
    assertThat(texts(trial)).containsExactly("0 [] {\"posts\":null}");
    assertThat(trial.pieces.get(0).awaited()).isEmpty();
    assertThat(trial.answer().json()).hasToString("{\"posts\":null}");
  }

  @Test
  void ofACommandNothingIsToldBeforeItIsDone() {
    services.answer("users POST /moves/a", "{\"id\":\"a\",\"name\":\"A\"}").hold();
    Selection selection =
        deferring(List.of(), new Deferred(1, List.of(Selection.field("id"), name("owner"))));
    Trial trial = trial(MOVED, selection);
    trial.startInParts();
    assertThat(trial.pieces).isEmpty();
    services.releaseOne("users POST /moves/a");
    assertThat(texts(trial)).containsExactly("0 [] {}");
    services.release();
    assertThat(trial.pieces).hasSize(2);

    services.answer("users POST /moves/a", 500, "");
    Trial failing = trial(MOVED, selection);
    failing.startInParts();
    assertThat(failing.pieces).isEmpty();
    assertThat(failing.answer().failure()).isEqualTo(FailureClass.SERVER_ERROR);
  }

  @Test
  void aRunThatIsGivenUpWhilePartsAreTakenEndsAndGivesNoMore() {
    services.hold();
    Trial trial =
        trial(FEED, deferring(List.of(name("owner")), new Deferred(1, List.of(name("friend")))));
    Execution execution = trial.startInParts();
    services.releaseOne("users GET /users?ids=a");
    execution.cancel(FailureClass.CANCELLED);
    assertThat(trial.pieces).hasSize(1);
    assertThat(trial.answer().failure()).isEqualTo(FailureClass.CANCELLED);
  }

  @Test
  void selectionsThatDeferAreOtherSelections() {
    Selection plain = Selection.of(Selection.field("id"), Selection.field("owner"));
    Selection deferring = deferring(
        List.of(Selection.field("id")), new Deferred(1, List.of(Selection.field("owner"))));
    assertThat(deferring)
        .isNotEqualTo(plain)
        .isEqualTo(deferring(
            List.of(Selection.field("id")), new Deferred(1, List.of(Selection.field("owner")))));
  }
}

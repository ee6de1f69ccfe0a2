package dev.gatehouse.runtime.engine;

import static dev.gatehouse.dsl.Verbs.object;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.dsl.Accessor;
import dev.gatehouse.dsl.Composite;
import dev.gatehouse.dsl.ListOperation;
import dev.gatehouse.dsl.Operation;
import dev.gatehouse.dsl.Service;
import dev.gatehouse.dsl.Value;
import dev.gatehouse.runtime.upstream.FailureClass;
import dev.gatehouse.runtime.upstream.UpstreamException;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** One call for all rows, each distinct key once, and nobody's trouble is anybody else's. */
class BatchingTest {
  record User(String id, String name) {}

  record Post(String id, String author, @Nullable String editor) {}

  record PostView(
      String id, @Nullable User author, @Nullable User editor) {}

  record Feed(User owner, List<PostView> posts) {}

  record Cell(String row, String column) {}

  record CellValue(String row, String column, int value) {}

  record Grid(List<@Nullable CellValue> cells) {}

  record Marks(CellValue author, CellValue editor) {}

  record Pair(User first, User second) {}

  record Words(List<@Nullable User> users) {}

  static final Operation<String, User> USER =
      Service.named("users").get("/users{?ids*}").batchOf(User.class, User::id).upTo(3);

  static final ListOperation<String, Post> POSTS =
      Service.named("posts").get("/posts/{user}").returnsList(Post.class).atMost(20);

  static final ListOperation<String, String> NAMES =
      Service.named("posts").get("/names/{user}").returnsList(String.class).atMost(20);

  static final ListOperation<String, Cell> CELLS =
      Service.named("grid").get("/cells/{grid}").returnsList(Cell.class).atMost(20);

  static final Operation<Cell, CellValue> VALUE = Service.named("grid")
      .post("/values")
      .safe()
      .batchOf(CellValue.class, CellValue::row, CellValue::column)
      .upTo(10);

  static final Operation<String, User> SINGLE =
      Service.named("users").get("/users/{id}").perItemUpTo(2).returns(User.class);

  static final Composite<String, Feed> FEED = Composite.named(
      "Feed",
      String.class,
      id -> object(Feed.class)
          .with(Feed::owner, USER.call(id))
          .with(
              Feed::posts,
              POSTS
                  .call(id)
                  .each(post -> object(PostView.class)
                      .from(post)
                      .with(PostView::author, USER.call(post.get(Post::author)))
                      .with(PostView::editor, USER.call(post.get(Post::editor))))));

  static final Composite<String, Words> WORDS = Composite.named(
      "Words",
      String.class,
      id -> object(Words.class)
          .with(Words::users, NAMES.call(id).each(name -> USER.call(name).orNull())));

  static final Composite<String, Grid> GRID = Composite.named(
      "Grid",
      String.class,
      id -> object(Grid.class)
          .with(Grid::cells, CELLS.call(id).each(cell -> VALUE.call(cell).orNull())));

  static final Composite<String, List<Marks>> MARKS = Composite.named(
      "Marks",
      String.class,
      id -> POSTS
          .call(id)
          .each(post -> object(Marks.class)
              .with(Marks::author, mark(post, Post::author))
              .with(Marks::editor, mark(post, Post::editor))));

  static final Composite<Cell, Pair> PATIENCE = Composite.named(
      "Patience",
      Cell.class,
      cell -> object(Pair.class)
          .with(Pair::first, USER.call(cell.get(Cell::row)).within(Duration.ofSeconds(1)))
          .with(Pair::second, USER.call(cell.get(Cell::column))));

  private static Value<CellValue> mark(Value<Post> post, Accessor<Post, @Nullable String> column) {
    return VALUE.call(object(Cell.class)
        .with(Cell::row, post.get(Post::id))
        .with(Cell::column, post.get(column).orElse("nobody")));
  }

  private final ScriptedServices services = new ScriptedServices();

  @Test
  void keysOfAllLevelsAreAskedForOnce() {
    services
        .answer("users GET /users?ids=a", "[{\"id\":\"a\",\"name\":\"A\"}]")
        .answer(
            "posts GET /posts/a",
            "[{\"id\":\"1\",\"author\":\"a\",\"editor\":\"b\"},{\"id\":\"2\",\"author\":\"b\"},"
                + "{\"id\":\"3\",\"author\":\"b\",\"editor\":null}]")
        .answer("users GET /users?ids=b", "[{\"id\":\"b\",\"name\":\"B\"}]");
    assertThat(inTurn(Trial.of(FEED, services).given("\"a\"")))
        .isEqualTo("{\"owner\":{\"id\":\"a\",\"name\":\"A\"},\"posts\":["
            + "{\"id\":\"1\",\"author\":{\"id\":\"a\",\"name\":\"A\"},\"editor\":{\"id\":\"b\",\"name\":\"B\"}},"
            + "{\"id\":\"2\",\"author\":{\"id\":\"b\",\"name\":\"B\"},\"editor\":null},"
            + "{\"id\":\"3\",\"author\":{\"id\":\"b\",\"name\":\"B\"},\"editor\":null}]}");
    assertThat(services.calls)
        .containsExactlyInAnyOrder(
            "users GET /users?ids=a", "posts GET /posts/a", "users GET /users?ids=b");
  }

  @Test
  void whatIsAskedForAtOneMomentIsOneCallWhereverItIsNeeded() {
    services
        .answer("users GET /users?ids=a", "[{\"id\":\"a\",\"name\":\"A\"}]")
        .answer("posts GET /posts/a", "[{\"id\":\"1\",\"author\":\"b\",\"editor\":\"c\"}]")
        .answer(
            "users GET /users?ids=b&ids=c",
            "[{\"id\":\"c\",\"name\":\"C\"},{\"id\":\"b\",\"name\":\"B\"}]");
    assertThat(inTurn(Trial.of(FEED, services).given("\"a\"")))
        .endsWith(
            "\"author\":{\"id\":\"b\",\"name\":\"B\"},\"editor\":{\"id\":\"c\",\"name\":\"C\"}}]}");
    assertThat(services.calls).hasSize(3);
  }

  @Test
  void inputsOfSeveralStepsAreOneBody() {
    services
        .answer("posts GET /posts/x", "[{\"id\":\"1\",\"author\":\"b\",\"editor\":\"c\"}]")
        .answer(
            "grid POST /values [{\"row\":\"1\",\"column\":\"b\"},{\"row\":\"1\",\"column\":\"c\"}]",
            "[{\"row\":\"1\",\"column\":\"c\",\"value\":3},{\"row\":\"1\",\"column\":\"b\",\"value\":2}]");
    assertThat(Trial.of(MARKS, services).given("\"x\"").json())
        .isEqualTo("[{\"author\":{\"row\":\"1\",\"column\":\"b\",\"value\":2},"
            + "\"editor\":{\"row\":\"1\",\"column\":\"c\",\"value\":3}}]");
  }

  @Test
  void limitsOfTheirOwnKeepCallsApart() {
    services
        .answer("users GET /users?ids=a", "[{\"id\":\"a\",\"name\":\"A\"}]")
        .answer("users GET /users?ids=b", "[{\"id\":\"b\",\"name\":\"B\"}]");
    assertThat(Trial.of(PATIENCE, services)
            .given("{\"row\":\"a\",\"column\":\"b\"}")
            .json())
        .isEqualTo(
            "{\"first\":{\"id\":\"a\",\"name\":\"A\"},\"second\":{\"id\":\"b\",\"name\":\"B\"}}");
    assertThat(services.calls).hasSize(2);
  }

  @Test
  void whoeverNeedsAKeyThatIsOnItsWayWaitsForIt() {
    services
        .answer("users GET /users?ids=a", "[{\"id\":\"a\",\"name\":\"A\"}]")
        .answer("posts GET /posts/a", "[{\"id\":\"1\",\"author\":\"a\",\"editor\":\"a\"}]")
        .hold();
    Trial trial = Trial.of(FEED, services).given("\"a\"");
    trial.start();
    services.releaseOne("posts GET /posts/a");
    assertThat(services.calls).hasSize(2);
    assertThat(trial.answers).isEmpty();
    services.release();
    assertThat(Trial.json(trial.answer())).contains("\"author\":{\"id\":\"a\",\"name\":\"A\"}");
  }

  @Test
  void moreKeysThanFitAreSentInChunksThatFailAlone() {
    services
        .answer("posts GET /names/x", "[\"a\",\"b\",\"a\",\"c\",\"d\"]")
        .answer("users GET /users?ids=a&ids=b&ids=c", 503, "")
        .answer("users GET /users?ids=d", "[{\"id\":\"d\",\"name\":\"D\"}]");
    Trial trial = Trial.of(WORDS, services).given("\"x\"");
    assertThat(trial.json())
        .isEqualTo("{\"users\":[null,null,null,null,{\"id\":\"d\",\"name\":\"D\"}]}");
    assertThat(trial.answer().losses())
        .extracting(Answer.Loss::path)
        .containsExactly(
            List.of("users", 0), List.of("users", 1), List.of("users", 2), List.of("users", 3));
    assertThat(trial.answer().calls())
        .extracting(Answer.CallRecord::keys)
        .containsExactlyInAnyOrder(1, 3, 1);
  }

  @Test
  void answersMayComeInAnyOrderAndLackKeysAndHoldOthers() {
    services
        .answer("posts GET /names/x", "[\"a\",\"b\",\"c\"]")
        .answer(
            "users GET /users?ids=a&ids=b&ids=c",
            "[{\"id\":\"z\",\"name\":\"Z\"},{\"id\":\"c\",\"name\":\"C\"},null,{\"name\":\"nobody\"},"
                + "{\"id\":7,\"name\":\"number\"},{\"name\":\"A\",\"id\":\"\\u0061\"}]");
    Trial trial = Trial.of(WORDS, services).given("\"x\"");
    assertThat(trial.json())
        .isEqualTo(
            "{\"users\":[{\"id\":\"\\u0061\",\"name\":\"A\"},null,{\"id\":\"c\",\"name\":\"C\"}]}");
    assertThat(trial.answer().losses()).isEmpty();
  }

  @Test
  void theFirstOfTwoAnswersToOneKeyCounts() {
    services
        .answer("posts GET /names/x", "[\"a\"]")
        .answer(
            "users GET /users?ids=a",
            "[{\"id\":\"a\",\"name\":\"first\"},{\"id\":\"a\",\"name\":\"second\"}]");
    assertThat(Trial.of(WORDS, services).given("\"x\"").json())
        .isEqualTo("{\"users\":[{\"id\":\"a\",\"name\":\"first\"}]}");
  }

  @Test
  void anAnswerWithoutContentKnowsNoKey() {
    services
        .answer("posts GET /names/x", "[\"\",\"a\"]")
        .answer("users GET /users?ids=&ids=a", 204, "");
    Trial trial = Trial.of(WORDS, services).given("\"x\"");
    assertThat(trial.json()).isEqualTo("{\"users\":[null,null]}");
    assertThat(trial.answer().losses()).isEmpty();
  }

  @Test
  void anAnswerWithoutContentAfterABrokenOneKnowsNoKey() {
    services
        .answer("posts GET /names/x", "[\"a\",\"b\",\"c\",\"\"]")
        .answer("users GET /users?ids=a&ids=b&ids=c", "[{\"id\":\"a\",\"name\":\"A\"},{]")
        .answer("users GET /users?ids=", 204, "");
    assertThat(Trial.of(WORDS, services).given("\"x\"").json())
        .isEqualTo("{\"users\":[null,null,null,null]}");
  }

  @Test
  void aBodyThatHoldsNoListIsNonsense() {
    services
        .answer("posts GET /names/x", "[\"a\"]")
        .answer("users GET /users?ids=a", "{\"id\":\"a\",\"name\":\"A\"}");
    Trial trial = Trial.of(WORDS, services).given("\"x\"");
    assertThat(trial.json()).isEqualTo("{\"users\":[null]}");
    assertThat(trial.answer().losses())
        .extracting(Answer.Loss::failureClass)
        .containsExactly(FailureClass.NONSENSE);
  }

  @Test
  void keysOfManyComponentsAreNotConfused() {
    services
        .answer(
            "grid GET /cells/g",
            "[{\"row\":\"a\\u0000b\",\"column\":\"c\"},{\"row\":\"a\",\"column\":\"b\\u0000c\"}]")
        .answer(
            "grid POST /values [{\"row\":\"a\\u0000b\",\"column\":\"c\"},{\"row\":\"a\",\"column\":\"b\\u0000c\"}]",
            "[{\"row\":\"a\",\"column\":\"b\\u0000c\",\"value\":2},"
                + "{\"row\":\"a\\u0000b\",\"column\":\"c\",\"value\":1}]");
    assertThat(Trial.of(GRID, services).given("\"g\"").json())
        .isEqualTo("{\"cells\":[{\"row\":\"a\\u0000b\",\"column\":\"c\",\"value\":1},"
            + "{\"row\":\"a\",\"column\":\"b\\u0000c\",\"value\":2}]}");
  }

  @Test
  void aRowWhoseKeyIsNotThereCostsThatRowOnly() {
    services
        .answer(
            "grid GET /cells/g",
            "[{\"row\":\"a\"},{\"row\":\"a\",\"column\":\"b\"},{\"row\":1,\"column\":\"b\"}]")
        .answer(
            "grid POST /values [{\"row\":\"a\",\"column\":\"b\"}]",
            "[{\"row\":\"a\",\"column\":\"b\",\"value\":1}]");
    Trial trial = Trial.of(GRID, services).given("\"g\"");
    assertThat(trial.json())
        .isEqualTo("{\"cells\":[null,{\"row\":\"a\",\"column\":\"b\",\"value\":1},null]}");
    assertThat(trial.answer().losses())
        .extracting(Answer.Loss::path)
        .containsExactly(List.of("cells", 0), List.of("cells", 2));
  }

  @Test
  void callsWithoutABatchFormAreMadeOncePerInputAndOnlySoOften() {
    Composite<String, Words> words = Composite.named(
        "Words",
        String.class,
        id -> object(Words.class)
            .with(Words::users, NAMES.call(id).each(name -> SINGLE.call(name).orNull())));
    services
        .answer("posts GET /names/x", "[\"a\",\"a\",\"b\",\"c\"]")
        .answer("users GET /users/a", "{\"id\":\"a\",\"name\":\"A\"}")
        .fail("users GET /users/b", new UpstreamException(FailureClass.UNREACHABLE, "refused"));
    Trial trial = Trial.of(words, services).given("\"x\"");
    assertThat(trial.json())
        .isEqualTo(
            "{\"users\":[{\"id\":\"a\",\"name\":\"A\"},{\"id\":\"a\",\"name\":\"A\"},null,null]}");
    assertThat(services.calls)
        .containsExactly("posts GET /names/x", "users GET /users/a", "users GET /users/b");
    assertThat(trial.answer().losses())
        .extracting(Answer.Loss::failureClass)
        .containsExactly(FailureClass.UNREACHABLE, FailureClass.REFUSED);
    assertThat(trial.plan().maxCalls()).isEqualTo(3);
  }

  @Test
  void noKeyMeansNoCall() {
    services.answer("posts GET /names/x", "[]");
    assertThat(Trial.of(WORDS, services).given("\"x\"").json()).isEqualTo("{\"users\":[]}");
    assertThat(services.calls).containsExactly("posts GET /names/x");
  }

  /** What is answered where no service answers before all calls of the moment are sent. */
  private String inTurn(Trial trial) {
    services.hold();
    trial.start();
    services.releaseInTurn();
    return Trial.json(trial.answer());
  }
}

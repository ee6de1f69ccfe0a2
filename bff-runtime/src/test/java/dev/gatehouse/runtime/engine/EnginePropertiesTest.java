package dev.gatehouse.runtime.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.runtime.engine.reference.Found;
import dev.gatehouse.runtime.engine.reference.Trees;
import dev.gatehouse.runtime.plan.Plan;
import dev.gatehouse.runtime.plan.TableSpec;
import dev.gatehouse.runtime.upstream.FailureClass;
import dev.gatehouse.runtime.upstream.UpstreamRequest;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

/** What holds of every run, whatever is written, selected, answered and lost: the engine says what a naive interpreter says. */
class EnginePropertiesTest {
  private static Vertx vertx;

  @BeforeContainer
  static void open() {
    vertx = Vertx.vertx();
  }

  @AfterContainer
  static void close() throws Exception {
    vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
  }

  @Property(shrinking = ShrinkingMode.OFF)
  void theAnswerIsThatOfTheReference(@ForAll long seed) {
    Experiment experiment = Experiment.of(seed);
    Found expected = experiment.expected();
    Answer answer = experiment.end(vertx).answers.get(0);
    if (expected instanceof Found.There there) {
      assertThat(answer.failure()).as("%s", experiment).isNull();
      assertThat(Trees.text(Trees.parse(answer.json().getBytes())))
          .as("%s", experiment)
          .isEqualTo(Trees.text(there.json()));
    } else {
      FailureClass why =
          expected instanceof Found.Failed failed ? failed.why() : FailureClass.ABSENT;
      assertThat(answer.json()).as("%s", experiment).isNull();
      assertThat(answer.failure()).as("%s", experiment).isEqualTo(why);
    }
  }

  @Property(shrinking = ShrinkingMode.OFF)
  void whatIsReportedAsLostFailed(@ForAll long seed) {
    Experiment experiment = Experiment.of(seed);
    experiment.expected();
    Answer answer = experiment.end(vertx).answers.get(0);
    for (Answer.Loss loss : answer.losses()) {
      assertThat(experiment.failures()).as("%s", experiment).anySatisfy(failure -> {
        assertThat(failure.path()).isEqualTo(loss.path());
        assertThat(failure.why()).isEqualTo(loss.failureClass());
      });
    }
  }

  @Property(shrinking = ShrinkingMode.OFF)
  void onlyWhatIsNeededIsCalledAndOnlyOnce(@ForAll long seed) {
    Experiment experiment = Experiment.of(seed);
    experiment.expected();
    experiment.end(vertx);
    assertThat(experiment.services.asked())
        .as("%s", experiment)
        .doesNotHaveDuplicates()
        .containsExactlyInAnyOrderElementsOf(experiment.world().demanded());
  }

  @Property(shrinking = ShrinkingMode.OFF)
  void neverMoreThanTheBounds(@ForAll long seed) {
    Experiment experiment = Experiment.of(seed).end(vertx);
    assertThat(experiment.answers.get(0).calls().size())
        .as("%s", experiment)
        .isGreaterThanOrEqualTo(experiment.services.requests().size())
        .isLessThanOrEqualTo((int) Math.min(Integer.MAX_VALUE, experiment.plan.maxCalls()));
    assertNothingIsOpen(experiment);
    for (TableSpec table : experiment.plan.tables()) {
      if (isFilledByBatches(experiment.plan, table)) {
        continue;
      }
      assertThat((long) experiment.run().tables[table.index()].count)
          .as("%s of %s", table, experiment)
          .isLessThanOrEqualTo(table.maxRows());
    }
  }

  @Property(shrinking = ShrinkingMode.OFF)
  void whenGivenUpNothingStaysOpenAndNothingMoreIsSent(@ForAll long seed) {
    Experiment experiment = Experiment.of(seed);
    List<UpstreamRequest> sent = new ArrayList<>();
    int steps = experiment.random().nextInt(8);
    experiment.cancelledAfter(
        steps,
        () -> {
          assertThat(experiment.answers).as("%s", experiment).hasSize(1);
          assertThat(experiment.services.open()).as("%s", experiment).isEmpty();
          sent.addAll(experiment.services.requests());
        },
        vertx);
    assertThat(experiment.services.requests()).as("%s", experiment).isEqualTo(sent);
    assertThat(experiment.answers).as("%s", experiment).hasSize(1);
    assertNothingIsOpen(experiment);
  }

  @Property(shrinking = ShrinkingMode.OFF)
  void afterTheDeadlineNothingIsSent(@ForAll long seed) {
    Experiment experiment = Experiment.of(seed);
    List<UpstreamRequest> sent = new ArrayList<>();
    int steps = experiment.random().nextInt(8);
    Duration deadline = Duration.ofNanos(experiment.random().nextInt(2_000_000));
    experiment.lateAfter(steps, deadline, () -> sent.addAll(experiment.services.requests()), vertx);
    assertThat(experiment.services.requests()).as("%s", experiment).isEqualTo(sent);
    assertThat(experiment.answers).as("%s", experiment).hasSize(1);
    assertNothingIsOpen(experiment);
  }

  private static void assertNothingIsOpen(Experiment experiment) {
    assertThat(experiment.services.open()).as("%s", experiment).isEmpty();
    assertThat(experiment.run().inFlight).as("%s", experiment).isEmpty();
    assertThat(experiment.run().inJava).as("%s", experiment).isEmpty();
    assertThat(experiment.timers().open()).as("%s", experiment).isEmpty();
  }

  /** Such tables also hold what nobody asked for. */
  private static boolean isFilledByBatches(Plan plan, TableSpec table) {
    TableSpec outermost = table;
    while (outermost.parent() != null) {
      outermost = outermost.parent();
    }
    TableSpec answers = outermost;
    return plan.answers().stream()
        .anyMatch(each -> each.table() == answers && !each.keyColumns().isEmpty());
  }
}

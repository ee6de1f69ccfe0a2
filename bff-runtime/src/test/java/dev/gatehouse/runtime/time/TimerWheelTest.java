package dev.gatehouse.runtime.time;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TimerWheelTest {
  private final Vertx vertx = Vertx.vertx();

  @AfterEach
  void stop() throws Exception {
    vertx.close().toCompletionStage().toCompletableFuture().get(20, SECONDS);
  }

  /** Runs {@code scenario} on an event loop until it completes what it was given. */
  private <T> T run(Scenario<T> scenario) throws Exception {
    CompletableFuture<T> result = new CompletableFuture<>();
    Context loop = vertx.getOrCreateContext();
    loop.exceptionHandler(result::completeExceptionally);
    loop.runOnContext(begin -> {
      try {
        scenario.run(new TimerWheel(vertx), result);
      } catch (RuntimeException | AssertionError e) {
        result.completeExceptionally(e);
      }
    });
    return result.get(30, SECONDS);
  }

  private interface Scenario<T> {
    void run(TimerWheel wheel, CompletableFuture<T> result);
  }

  private static final class Alarm extends TimerWheel.Entry {
    private final long deadline;
    private final Consumer<Alarm> action;

    Alarm(long deadline, Consumer<Alarm> action) {
      this.deadline = deadline;
      this.action = action;
    }

    @Override
    protected void expired() {
      action.accept(this);
    }
  }

  private static long in(long amount, TimeUnit unit) {
    return System.nanoTime() + unit.toNanos(amount);
  }

  @Test
  void everyEntryExpiresOnceAndNeverEarly() throws Exception {
    int count = 2_000;
    List<Alarm> expired = run((wheel, result) -> {
      Random random = new Random(7);
      List<Alarm> seen = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        // From long past to beyond the wheel's first round of 4.3 s.
        Alarm alarm = new Alarm(in(random.nextInt(6_000) - 1_000, TimeUnit.MILLISECONDS), late -> {
          assertThat(System.nanoTime() - late.deadline).isNotNegative();
          seen.add(late);
          if (seen.size() == count) {
            result.complete(seen);
          }
        });
        wheel.schedule(alarm, alarm.deadline);
      }
    });

    assertThat(expired).hasSize(count).doesNotHaveDuplicates();
  }

  @Test
  void aCancelledEntryDoesNotExpire() throws Exception {
    List<String> told = run((wheel, result) -> {
      List<String> seen = new ArrayList<>();
      Alarm cancelled = new Alarm(in(20, TimeUnit.MILLISECONDS), alarm -> seen.add("cancelled"));
      Alarm kept = new Alarm(in(20, TimeUnit.MILLISECONDS), alarm -> seen.add("kept"));
      wheel.schedule(cancelled, cancelled.deadline);
      wheel.schedule(kept, kept.deadline);
      wheel.cancel(cancelled);
      wheel.cancel(cancelled);
      Alarm last = new Alarm(in(60, TimeUnit.MILLISECONDS), alarm -> result.complete(seen));
      wheel.schedule(last, last.deadline);
      assertThat(wheel.size()).isEqualTo(2);
    });

    assertThat(told).containsExactly("kept");
  }

  @Test
  void entriesMayCancelAndScheduleOneAnotherAsTheyExpire() throws Exception {
    List<String> told = run((wheel, result) -> {
      List<String> seen = new ArrayList<>();
      long deadline = in(20, TimeUnit.MILLISECONDS);
      Alarm[] both = new Alarm[2];
      for (int i = 0; i < 2; i++) {
        int other = 1 - i;
        both[i] = new Alarm(deadline, alarm -> {
          seen.add("one of two");
          wheel.cancel(both[other]);
          Alarm next = new Alarm(in(1, TimeUnit.MILLISECONDS), again -> {
            seen.add("next");
            result.complete(seen);
          });
          wheel.schedule(next, next.deadline);
        });
        wheel.schedule(both[i], deadline);
      }
    });

    assertThat(told).containsExactly("one of two", "next");
  }

  @Test
  void schedulingAgainReplacesTheDeadline() throws Exception {
    long waited = run((wheel, result) -> {
      long begin = System.nanoTime();
      Alarm alarm = new Alarm(begin, done -> result.complete(System.nanoTime() - begin));
      wheel.schedule(alarm, in(1, TimeUnit.HOURS));
      wheel.schedule(alarm, in(30, TimeUnit.MILLISECONDS));
      assertThat(wheel.size()).isEqualTo(1);
    });

    assertThat(waited).isBetween(TimeUnit.MILLISECONDS.toNanos(30), TimeUnit.SECONDS.toNanos(30));
  }

  @Test
  void anEntryThatThrowsIsReportedAndCostsNoOther() throws Exception {
    String outcome = run((wheel, result) -> {
      List<String> reported = new ArrayList<>();
      vertx.getOrCreateContext().exceptionHandler(e -> reported.add(e.getMessage()));
      Alarm broken = new Alarm(in(5, TimeUnit.MILLISECONDS), alarm -> {
        throw new IllegalStateException("broken");
      });
      Alarm last = new Alarm(
          in(40, TimeUnit.MILLISECONDS), alarm -> result.complete(String.join(",", reported)));
      wheel.schedule(last, last.deadline);
      wheel.schedule(broken, broken.deadline);
    });

    assertThat(outcome).isEqualTo("broken");
  }

  @Test
  void whatArrivedWhileTheLoopWasHeldUpGoesFirst() throws Exception {
    List<String> told = run((wheel, result) -> {
      List<String> seen = new ArrayList<>();
      long deadline = in(20, TimeUnit.MILLISECONDS);
      Alarm alarm = new Alarm(deadline, late -> {
        seen.add("deadline");
        result.complete(seen);
      });
      wheel.schedule(alarm, deadline);
      while (System.nanoTime() - deadline < TimeUnit.MILLISECONDS.toNanos(100)) {
        Thread.onSpinWait(); // hold the loop up
      }
      Context loop = vertx.getOrCreateContext();
      loop.runOnContext(first -> loop.runOnContext(second -> seen.add("answer")));
    });

    assertThat(told).containsExactly("answer", "deadline");
  }

  @Test
  void nothingExpiresAfterClosing() throws Exception {
    List<String> told = run((wheel, result) -> {
      List<String> seen = new ArrayList<>();
      Alarm before = new Alarm(in(5, TimeUnit.MILLISECONDS), alarm -> seen.add("before"));
      wheel.schedule(before, before.deadline);
      wheel.close();
      Alarm after = new Alarm(in(5, TimeUnit.MILLISECONDS), alarm -> seen.add("after"));
      wheel.schedule(after, after.deadline);
      assertThat(wheel.size()).isZero();
      vertx.setTimer(50, later -> result.complete(seen));
    });

    assertThat(told).isEmpty();
  }

  @Test
  void aWheelBelongsToAnEventLoop() {
    assertThatThrownBy(() -> new TimerWheel(vertx))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("(expected: an event loop)");
  }
}

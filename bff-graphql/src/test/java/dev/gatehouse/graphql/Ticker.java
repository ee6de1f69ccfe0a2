package dev.gatehouse.graphql;

import static dev.gatehouse.dsl.Access.anyone;
import static dev.gatehouse.graphql.GraphqlDoor.graphql;

import dev.gatehouse.dsl.Composite;
import dev.gatehouse.dsl.EventSource;
import dev.gatehouse.dsl.JavaOperation;
import dev.gatehouse.dsl.Operation;
import dev.gatehouse.dsl.contract.Nothing;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/** A door with sources in Java: one that counts down, one that stays silent. */
final class Ticker {
  private static final Executor SOON = CompletableFuture.delayedExecutor(20, TimeUnit.MILLISECONDS);

  static final EventSource<Integer, Integer> COUNTDOWN =
      EventSource.inJava("countdown", Integer.class, Integer.class, Countdown::new);
  static final EventSource<Nothing, Integer> NEVER = EventSource.inJava(
      "never", Integer.class, () -> subscriber -> subscriber.onSubscribe(new Silence()));
  static final Composite<Integer, Integer> SAME =
      Composite.named("Same", Integer.class, number -> number);
  static final JavaOperation<Integer, Integer> WAIT = Operation.inJava(
      "wait",
      Integer.class,
      Integer.class,
      millis -> CompletableFuture.supplyAsync(
          () -> millis, CompletableFuture.delayedExecutor(millis, TimeUnit.MILLISECONDS)));
  static final Composite<Integer, Integer> SLOW =
      Composite.named("Slow", Integer.class, millis -> WAIT.call(millis));

  private Ticker() {}

  static GraphqlDoor door() {
    return graphql()
        .query("slow", SLOW)
        .allow(anyone())
        .argument("ms")
        .subscription("countdown", COUNTDOWN, SAME)
        .allow(anyone())
        .argument("from")
        .subscription("never", NEVER, SAME)
        .allow(anyone());
  }

  /** Counts down to 1, a number every few milliseconds, as far as it is asked. */
  private record Countdown(int from) implements Flow.Publisher<Integer> {
    @Override
    public void subscribe(Flow.Subscriber<? super Integer> subscriber) {
      AtomicInteger left = new AtomicInteger(from);
      AtomicInteger wanted = new AtomicInteger();
      AtomicBoolean cancelled = new AtomicBoolean();
      subscriber.onSubscribe(new Flow.Subscription() {
        @Override
        public void request(long more) {
          if (wanted.getAndAdd((int) more) == 0) {
            SOON.execute(this::tick);
          }
        }

        private void tick() {
          if (cancelled.get()) {
            return;
          }
          subscriber.onNext(left.getAndDecrement());
          if (left.get() == 0) {
            subscriber.onComplete();
          } else if (wanted.decrementAndGet() > 0) {
            SOON.execute(this::tick);
          }
        }

        @Override
        public void cancel() {
          cancelled.set(true);
        }
      });
    }
  }

  /** Gives nothing. */
  private record Silence() implements Flow.Subscription {
    @Override
    public void request(long more) {
      // There is nothing to give.
    }

    @Override
    public void cancel() {
      // There is nothing to stop.
    }
  }
}

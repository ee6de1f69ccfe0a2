package dev.gatehouse.runtime.events;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.gatehouse.dsl.contract.JsonMapping;
import dev.gatehouse.dsl.graph.EventSpec;
import dev.gatehouse.dsl.graph.EventSpec.JavaOrigin;
import dev.gatehouse.runtime.upstream.FailureClass;
import dev.gatehouse.runtime.upstream.UpstreamException;
import io.vertx.core.Context;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** What a publisher in Java gives: at most a few events are asked for before the earlier ones were told. */
final class JavaFeed extends Feed implements Flow.Subscriber<Object> {
  private static final int WINDOW = 16;

  private final Context context;
  private final EventSpec spec;
  private final JavaOrigin origin;
  private final byte @Nullable [] input;
  /** Events asked for and not yet given; the publisher's threads count it down. */
  private final AtomicInteger wanted = new AtomicInteger();

  private Flow.@Nullable Subscription subscription;

  JavaFeed(
      Context context,
      EventSpec spec,
      JavaOrigin origin,
      byte @Nullable [] input,
      EventReader reader) {
    super(reader);
    this.context = context;
    this.spec = spec;
    this.origin = origin;
    this.input = input;
  }

  @Override
  void start() {
    try {
      Object given = origin.input() == null || input == null
          ? null
          : JsonMapping.reader(origin.input()).readValue(input);
      origin.code().publisher(given).subscribe(this);
    } catch (Exception | LinkageError | StackOverflowError | AssertionError e) {
      context.runOnContext(on -> fail("its publisher cannot be subscribed to", e));
    }
  }

  @Override
  public void onSubscribe(Flow.Subscription given) {
    context.runOnContext(on -> {
      if (isOver() || subscription != null) {
        given.cancel();
      } else {
        subscription = given;
        ask(WINDOW);
      }
    });
  }

  @Override
  public void onNext(@Nullable Object event) {
    int left = wanted.decrementAndGet();
    if (left >= 0) {
      context.runOnContext(on -> next(event));
    } else if (left == -1) {
      context.runOnContext(on -> fail("its publisher gives more than was asked for", null));
    }
  }

  private void next(@Nullable Object event) {
    if (isOver()) {
      return;
    }
    if (event == null) {
      fail("its publisher gave null", null);
      return;
    }
    try {
      give(JsonMapping.writer(spec.event().javaType()).writeValueAsBytes(event));
    } catch (JsonProcessingException e) {
      fail("an event cannot be written as JSON", e);
    }
  }

  @Override
  public void onError(Throwable failure) {
    context.runOnContext(on -> {
      subscription = null;
      fail("its publisher failed", failure);
    });
  }

  @Override
  public void onComplete() {
    context.runOnContext(on -> {
      subscription = null;
      end(null);
    });
  }

  private void fail(String what, @Nullable Throwable cause) {
    end(new UpstreamException(FailureClass.INTERNAL, spec.name() + ": " + what, 0, cause));
  }

  private void ask(int more) {
    Flow.Subscription open = subscription;
    if (open != null) {
      wanted.addAndGet(more);
      open.request(more);
    }
  }

  @Override
  void told() {
    ask(1);
  }

  @Override
  public boolean isPausable() {
    return true;
  }

  /** Nothing is asked for while nothing is told. */
  @Override
  void hold() {}

  @Override
  void release() {}

  @Override
  void stop() {
    Flow.Subscription open = subscription;
    if (open != null) {
      subscription = null;
      open.cancel();
    }
  }
}

package dev.gatehouse.runtime.events;

import dev.gatehouse.runtime.upstream.UpstreamException;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/** What all subscriptions have in common: events that were on their way when it was paused are held, and told before the end. */
abstract class Feed implements EventSubscription {
  private final EventReader reader;
  private final Deque<byte[]> held = new ArrayDeque<>();
  private @Nullable UpstreamException failure;
  private boolean paused;
  private boolean telling;
  private boolean ended;
  private boolean closed;

  Feed(EventReader reader) {
    this.reader = reader;
  }

  /** Begins. Called once, on the event loop, before the subscription is returned: nothing may be told yet. */
  abstract void start();

  /** Keeps the source from sending. */
  abstract void hold();

  /** Lets the source send again. */
  abstract void release();

  /** Lets go of the source. Called once. */
  abstract void stop();

  /** Called when an event was told, to ask for another one. */
  void told() {}

  final boolean isOver() {
    return ended || closed;
  }

  final boolean isPaused() {
    return paused;
  }

  /** Tells an event, or holds it; how many are held is bounded by what the source sends while it is paused. */
  final void give(byte[] json) {
    if (!isOver()) {
      held.add(json);
      tell();
    }
  }

  /** The source has no more; it is let go of. */
  final void end(@Nullable UpstreamException why) {
    if (!isOver()) {
      ended = true;
      failure = why;
      stop();
      tell();
    }
  }

  private void tell() {
    if (telling) {
      return;
    }
    telling = true;
    while (!paused && !closed && !held.isEmpty()) {
      reader.event(held.remove());
      if (!isOver()) {
        told();
      }
    }
    telling = false;
    if (ended && !paused && !closed && held.isEmpty()) {
      closed = true;
      reader.ended(failure);
    }
  }

  @Override
  public final void pause() {
    if (isPausable() && !paused) {
      paused = true;
      if (!isOver()) {
        hold();
      }
    }
  }

  @Override
  public final void resume() {
    if (paused) {
      paused = false;
      tell();
      if (!paused && !isOver()) {
        release();
      }
    }
  }

  @Override
  public final void close() {
    if (!closed) {
      closed = true;
      held.clear();
      if (!ended) {
        stop();
      }
    }
  }
}

package dev.gatehouse.runtime.live;

import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A value that may be replaced while it is used: whoever needs it reads it anew each time, which costs as much as a field.
 * Confined to one event loop.
 *
 * @param <T> an immutable type
 */
public final class Live<T> {
  private T value;
  private @Nullable Consumer<T> listener;

  public Live(T value) {
    this.value = value;
  }

  /** The current value. */
  public T get() {
    return value;
  }

  /** Replaces the value; who follows it is told, unless it equals the old one. */
  public void set(T value) {
    if (!value.equals(this.value)) {
      this.value = value;
      Consumer<T> told = listener;
      if (told != null) {
        told.accept(value);
      }
    }
  }

  /** Has {@code follower} told of the value, now and after each change, besides those told already. */
  public void follow(Consumer<T> follower) {
    Consumer<T> before = listener;
    listener = before == null ? follower : before.andThen(follower);
    follower.accept(value);
  }

  /** A part of this value, which follows it and is not to be set. */
  public <P> Live<P> part(Function<T, P> part) {
    Live<P> live = new Live<>(part.apply(value));
    follow(whole -> live.set(part.apply(whole)));
    return live;
  }
}

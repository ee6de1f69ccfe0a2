package dev.gatehouse.dsl;

import java.util.function.Function;

/**
 * What becomes of one case of a union. Made by {@link Verbs#is}.
 *
 * @param <A> the case
 * @param <B> what it becomes
 */
public final class Case<A, B> {
  private final Class<A> type;
  private final Function<? super Value<A>, ? extends Value<? extends B>> body;

  Case(Class<A> type, Function<? super Value<A>, ? extends Value<? extends B>> body) {
    this.type = type;
    this.body = body;
  }

  Class<A> type() {
    return type;
  }

  Function<? super Value<A>, ? extends Value<? extends B>> body() {
    return body;
  }
}

package dev.gatehouse.dsl;

import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * A pure and quick Java function of two values. Runs on the event loop when the composite runs. Written as a method reference,
 * plans show its name.
 *
 * @param <A> the first
 * @param <B> the second
 * @param <R> what it answers; null means absent
 */
@FunctionalInterface
public interface BiMapping<
        A extends @Nullable Object, B extends @Nullable Object, R extends @Nullable Object>
    extends Serializable {
  @Nullable R apply(A first, B second) throws Exception;
}

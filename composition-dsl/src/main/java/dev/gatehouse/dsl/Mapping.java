package dev.gatehouse.dsl;

import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * A pure and quick Java function of a value. Runs on the event loop when the composite runs. Written as a method reference, plans
 * show its name.
 *
 * @param <T> what it is given
 * @param <R> what it answers; null means absent
 */
@FunctionalInterface
public interface Mapping<T extends @Nullable Object, R extends @Nullable Object>
    extends Serializable {
  @Nullable R apply(T value) throws Exception;
}

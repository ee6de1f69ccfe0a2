package dev.gatehouse.dsl;

import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * Names a component of a record by a method reference, such as {@code Product::name}. It is never called: only its name is read,
 * so a lambda will not do.
 *
 * @param <T> the record
 * @param <C> the component's type, boxed
 */
@FunctionalInterface
public interface Accessor<T, C extends @Nullable Object> extends Serializable {
  @Nullable C get(T owner);
}

package dev.gatehouse.dsl;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;

/**
 * Names a generic type, which a class literal cannot: {@code new TypeRef<Page<Card>>() {}}.
 *
 * @param <T> the type
 */
public abstract class TypeRef<T> {
  private final Type type;

  /**
   * For anonymous subclasses.
   *
   * @throws IllegalStateException where the subclass does not say what {@code T} is
   */
  protected TypeRef() {
    if (!(getClass().getGenericSuperclass() instanceof ParameterizedType generic)) {
      throw new IllegalStateException(getClass().getName()
          + ": TypeRef without its type (expected: new TypeRef<Page<Card>>() {})");
    }
    type = generic.getActualTypeArguments()[0];
  }

  /** The type. */
  public final Type type() {
    return type;
  }

  @Override
  public final String toString() {
    return type.getTypeName();
  }
}

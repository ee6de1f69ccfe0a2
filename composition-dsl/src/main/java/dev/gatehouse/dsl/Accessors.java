package dev.gatehouse.dsl;

import java.io.Serializable;
import java.lang.invoke.SerializedLambda;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Optional;

/** Reads which method a serializable lambda is a reference to. */
final class Accessors {

  private Accessors() {}

  /**
   * A method that is referred to.
   *
   * @param owner the simple name of the class that the reference names
   * @param method the method's name
   */
  record Reference(Class<?> owner, String method) {
    @Override
    public String toString() {
      return owner.getSimpleName() + "::" + method;
    }
  }

  /** The method; empty for a lambda with a body, and for anything else that is no method reference. */
  static Optional<Reference> reference(Serializable function) {
    if (!function.getClass().isSynthetic()) {
      return Optional.empty();
    }
    try {
      Method replace = function.getClass().getDeclaredMethod("writeReplace");
      replace.setAccessible(true);
      if (!(replace.invoke(function) instanceof SerializedLambda lambda)
          || lambda.getImplMethodName().startsWith("lambda$")) {
        return Optional.empty();
      }
      ClassLoader loader = function.getClass().getClassLoader();
      Class<?> owner = Class.forName(lambda.getImplClass().replace('/', '.'), false, loader);
      return Optional.of(new Reference(owner, lambda.getImplMethodName()));
    } catch (NoSuchMethodException e) {
      return Optional.empty();
    } catch (IllegalAccessException | InvocationTargetException | ClassNotFoundException e) {
      throw new IllegalStateException(
          "cannot read the method reference " + function.getClass().getName(), e);
    }
  }
}

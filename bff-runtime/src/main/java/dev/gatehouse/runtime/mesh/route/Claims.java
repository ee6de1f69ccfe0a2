package dev.gatehouse.runtime.mesh.route;

import java.util.Collection;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Looks into what is known of a caller. */
final class Claims {
  private Claims() {}

  /**
   * Whether a claim fits: its text where it is a text, a number or a boolean; any of its elements where it is a list, such as one of roles; and
   * that it is there where it is more than that, as an empty text.
   *
   * @param name of a claim, or of one inside another with dots between them; a name that has dots itself comes first
   */
  static boolean fit(Map<?, ?> claims, String name, Predicate<String> text) {
    Object claim = find(claims, name);
    if (claim instanceof Collection<?> several) {
      for (Object each : several) {
        if (each != null && text.test(text(each))) {
          return true;
        }
      }
      return false;
    }
    return claim != null && text.test(text(claim));
  }

  private static @Nullable Object find(Map<?, ?> claims, String name) {
    Object whole = claims.get(name);
    if (whole != null) {
      return whole;
    }
    for (int dot = name.indexOf('.'); dot > 0; dot = name.indexOf('.', dot + 1)) {
      Object found = claims.get(name.substring(0, dot)) instanceof Map<?, ?> inner
          ? find(inner, name.substring(dot + 1))
          : null;
      if (found != null) {
        return found;
      }
    }
    return null;
  }

  private static String text(Object claim) {
    return claim instanceof Map ? "" : String.valueOf(claim);
  }
}

package dev.gatehouse.runtime.door;

import java.util.Collection;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Finds what somebody probably meant, for messages. */
public final class Nearest {
  private Nearest() {}

  /**
   * The known name that is nearest to a wrong one.
   *
   * @return null where none is near
   */
  public static @Nullable String to(String wrong, Collection<String> known) {
    String nearest = null;
    int least = Math.max(2, wrong.length() / 3) + 1;
    for (String name : known) {
      int distance = distance(wrong.toLowerCase(Locale.ROOT), name.toLowerCase(Locale.ROOT), least);
      if (distance < least) {
        least = distance;
        nearest = name;
      }
    }
    return nearest;
  }

  /** How a fault ends that says what is known. */
  public static String expected(String wrong, Collection<String> known) {
    if (known.isEmpty()) {
      return "(expected: none)";
    }
    String nearest = to(wrong, known);
    return nearest == null
        ? "(known: " + String.join(", ", known) + ")"
        : "(did you mean " + nearest + "? known: " + String.join(", ", known) + ")";
  }

  /** The number of characters to insert, remove or replace; {@code limit} where it is at least that. */
  private static int distance(String a, String b, int limit) {
    if (Math.abs(a.length() - b.length()) >= limit) {
      return limit;
    }
    int[] previous = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      previous[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int[] current = new int[b.length() + 1];
      current[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int replaced = previous[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        current[j] = Math.min(replaced, Math.min(previous[j], current[j - 1]) + 1);
      }
      previous = current;
    }
    return Math.min(limit, previous[b.length()]);
  }
}

package dev.gatehouse.rest.internal.input;

import dev.gatehouse.runtime.door.Problem;
import dev.gatehouse.runtime.door.Problem.Fault;
import dev.gatehouse.runtime.door.Problem.In;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Collects what is wrong with one request. Keeps a bounded number. */
public final class Faults {
  private static final int MOST = 50;
  private static final int LONGEST_VALUE = 80;

  private @Nullable List<Fault> faults;
  private int count;

  public boolean isEmpty() {
    return count == 0;
  }

  /**
   * Notes a fault.
   *
   * @param at a JSON pointer for the body, else the parameter's name
   */
  public void add(In in, String at, String detail) {
    if (faults == null) {
      faults = new ArrayList<>();
    }
    if (++count <= MOST) {
      faults.add(new Fault(in, at, detail));
    }
  }

  /** The answer to a request with these faults. */
  public Problem problem() {
    List<Fault> found = faults == null ? List.of() : faults;
    String detail = count == 1
        ? "The request does not fit: " + found.get(0).detail() + "."
        : "The request does not fit: " + count + " faults"
            + (count > MOST ? ", of which the first " + MOST + " are listed." : ".");
    return Problem.of(400, "invalid_request", detail).withErrors(found);
  }

  /** A value as faults show it: in quotes, shortened. */
  static String shown(String value) {
    return value.length() <= LONGEST_VALUE
        ? "\"" + value + "\""
        : "\"" + value.substring(0, LONGEST_VALUE) + "…\"";
  }
}

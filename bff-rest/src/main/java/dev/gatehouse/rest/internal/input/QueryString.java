package dev.gatehouse.rest.internal.input;

import dev.gatehouse.rest.internal.routing.PercentDecoder;
import dev.gatehouse.runtime.door.Nearest;
import dev.gatehouse.runtime.door.Problem.In;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The parameters of one request's query, decoded, each read at most by one reader; what nobody reads is a fault. */
public final class QueryString {
  private static final int MOST = 256;
  private static final QueryString NONE = new QueryString(0);

  private final List<String> names;
  private final List<String> values;
  private final boolean[] read;

  private QueryString(int size) {
    names = size == 0 ? List.of() : new ArrayList<>(size);
    values = size == 0 ? List.of() : new ArrayList<>(size);
    read = new boolean[size];
  }

  /**
   * Reads a query.
   *
   * @param raw what stands after the question mark, still encoded; null where there is none
   */
  public static QueryString of(@Nullable String raw, Faults faults) {
    if (raw == null || raw.isEmpty()) {
      return NONE;
    }
    int size = 1;
    for (int i = raw.indexOf('&'); i >= 0; i = raw.indexOf('&', i + 1)) {
      size++;
    }
    if (size > MOST) {
      faults.add(In.QUERY, "", size + " parameters (expected: at most " + MOST + ")");
      return NONE;
    }
    QueryString query = new QueryString(size);
    int from = 0;
    while (from <= raw.length()) {
      int to = raw.indexOf('&', from);
      to = to < 0 ? raw.length() : to;
      if (to > from) {
        query.add(raw, from, to, faults);
      }
      from = to + 1;
    }
    return query;
  }

  private void add(String raw, int from, int to, Faults faults) {
    int equals = raw.indexOf('=', from);
    int nameEnd = equals < 0 || equals >= to ? to : equals;
    String name = PercentDecoder.query(raw, from, nameEnd);
    String value = nameEnd == to ? "" : PercentDecoder.query(raw, nameEnd + 1, to);
    if (name == null) {
      faults.add(
          In.QUERY,
          "",
          Faults.shown(raw.substring(from, nameEnd)) + " (expected: percent-encoded UTF-8)");
    } else if (value == null) {
      faults.add(
          In.QUERY,
          name,
          Faults.shown(raw.substring(nameEnd + 1, to)) + " (expected: percent-encoded UTF-8)");
    } else {
      names.add(name);
      values.add(value);
    }
  }

  /**
   * The value of a parameter that may stand once.
   *
   * @return null where it does not stand, or more than once, which is a fault
   */
  public @Nullable String one(String name, Faults faults) {
    String value = null;
    for (int i = 0; i < names.size(); i++) {
      if (names.get(i).equals(name)) {
        read[i] = true;
        if (value != null) {
          faults.add(In.QUERY, name, "given more than once (expected: once)");
          return null;
        }
        value = values.get(i);
      }
    }
    return value;
  }

  /** The values of a parameter that may stand many times. */
  List<String> all(String name) {
    List<String> found = new ArrayList<>();
    for (int i = 0; i < names.size(); i++) {
      if (names.get(i).equals(name)) {
        read[i] = true;
        found.add(values.get(i));
      }
    }
    return found;
  }

  /** Whether the parameter stands at all. */
  public boolean has(String name) {
    return names.contains(name);
  }

  /**
   * Notes every parameter that nobody has read.
   *
   * @param known the parameters that could have been given
   */
  public void refuseUnread(Collection<String> known, Faults faults) {
    for (int i = 0; i < names.size(); i++) {
      if (!read[i]) {
        faults.add(
            In.QUERY, names.get(i), "unknown parameter " + Nearest.expected(names.get(i), known));
      }
    }
  }

  /** Whether some parameter has not been read. */
  public boolean hasUnread() {
    for (int i = 0; i < names.size(); i++) {
      if (!read[i]) {
        return true;
      }
    }
    return false;
  }
}

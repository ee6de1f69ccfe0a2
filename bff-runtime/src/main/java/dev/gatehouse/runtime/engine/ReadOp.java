package dev.gatehouse.runtime.engine;

import dev.gatehouse.runtime.json.JsonScanner;
import dev.gatehouse.runtime.json.JsonText;
import dev.gatehouse.runtime.json.MalformedJsonException;
import dev.gatehouse.runtime.plan.Read;
import dev.gatehouse.runtime.plan.TableSpec;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A {@link Read} in the form in which it runs: one pass over the bytes notes what is needed. Immutable.
 *
 * <p>What does not fit its contract fails on its own, as a value in its column; what is no JSON fails the body as a whole, with a
 * {@link MalformedJsonException}.
 */
final class ReadOp {
  private static final int MOST_BITS = 64;
  private static final String OTHER_KIND = " has elements of another kind";

  private final Read.Kind kind;
  private final boolean nullable;
  private final String path;
  private final int column;
  private final int mark;
  private final byte[][] names;
  private final ReadOp[] members;
  private final byte[][] constants;
  private final byte[] discriminator;
  private final byte[][] tags;
  private final ReadOp[] cases;
  private final @Nullable ReadOp element;
  private final int rows;
  private final int atMost;
  private final int keyColumn;
  private final boolean parts;
  private final boolean scalar;

  ReadOp(Read read) {
    kind = read.kind();
    nullable = read.nullable();
    path = read.path();
    column = read.column();
    mark = read.mark();
    names = read.members().stream().map(Read.Member::name).toArray(byte[][]::new);
    members =
        read.members().stream().map(member -> new ReadOp(member.read())).toArray(ReadOp[]::new);
    constants = read.constants().toArray(byte[][]::new);
    discriminator = read.discriminator();
    tags = read.tags().toArray(byte[][]::new);
    cases = read.cases().stream().map(ReadOp::new).toArray(ReadOp[]::new);
    element = kind == Read.Kind.LIST || kind == Read.Kind.MAP ? new ReadOp(read.element()) : null;
    TableSpec table = read.rows();
    rows = table == null ? -1 : table.index();
    atMost = read.atMost();
    keyColumn = read.keyColumn();
    scalar = switch (kind) {
      case OBJECT, UNION, LIST, MAP -> false;
      default -> true;
    };
    parts = kind == Read.Kind.OBJECT || kind == Read.Kind.UNION || element != null && element.parts;
  }

  /** The columns that one row of this has, not counting those of rows below. */
  int[] ownColumns() {
    List<Integer> found = new ArrayList<>();
    collect(found);
    return found.stream().mapToInt(Integer::intValue).toArray();
  }

  private void collect(List<Integer> found) {
    if (column >= 0) {
      found.add(column);
    }
    if (mark >= 0) {
      found.add(mark);
    }
    for (ReadOp member : members) {
      member.collect(found);
    }
    for (ReadOp each : cases) {
      each.collect(found);
    }
  }

  /**
   * Reads the value that the scanner stands at.
   *
   * @return whether it, and every member that is read, is there and of its kind
   */
  boolean read(JsonScanner scanner, Run run, byte[] bytes, int row) {
    byte first = scanner.peek();
    if (first == 'n') {
      return readNull(scanner, run, row);
    }
    return scalar
        ? readScalar(scanner, run, bytes, row, first)
        : readNested(scanner, run, bytes, row, first);
  }

  private boolean readNull(JsonScanner scanner, Run run, int row) {
    scanner.literal("null");
    set(
        run,
        row,
        nullable ? State.ABSENT : run.nonsense(path + " is null (expected: " + expected() + ")"));
    return false;
  }

  private boolean readScalar(JsonScanner scanner, Run run, byte[] bytes, int row, byte first) {
    int from = scanner.position();
    boolean fits = passScalar(scanner, bytes, first);
    if (!fits) {
      misfit(scanner, run, bytes, row, from);
    } else if (column >= 0) {
      run.columns[column].at[row] = State.range(from, scanner.position());
    }
    return fits;
  }

  private boolean readNested(JsonScanner scanner, Run run, byte[] bytes, int row, byte first) {
    int from = scanner.position();
    boolean fits;
    boolean whole = true;
    switch (kind) {
      case OBJECT -> {
        fits = first == '{';
        if (fits) {
          whole = readMembers(scanner, run, bytes, row);
        }
      }
      case UNION -> {
        fits = first == '{';
        if (fits && !readCase(scanner, run, bytes, row)) {
          return false;
        }
      }
      case LIST -> {
        fits = first == '[';
        if (fits && !readElements(scanner, run, bytes, row)) {
          return false;
        }
      }
      case MAP -> {
        fits = first == '{';
        if (fits && !readEntries(scanner, run, bytes, row)) {
          return false;
        }
      }
      default -> throw new IllegalStateException(kind + " is a scalar");
    }
    if (!fits) {
      misfit(scanner, run, bytes, row, from);
    } else if (column >= 0) {
      run.columns[column].at[row] = State.range(from, scanner.position());
    }
    return fits && whole;
  }

  private void misfit(JsonScanner scanner, Run run, byte[] bytes, int row, int from) {
    if (scanner.position() == from) {
      scanner.value();
    }
    set(run, row, mistyped(run, bytes, from, scanner.position()));
  }

  /** Passes a scalar and says whether it is one of the kind; where it cannot be, the scanner stays. */
  private boolean passScalar(JsonScanner scanner, byte[] bytes, byte first) {
    switch (kind) {
      case STRING -> {
        if (first == '"') {
          scanner.string();
          return true;
        }
        return false;
      }
      case INTEGER, NUMBER -> {
        return (first == '-' || first >= '0' && first <= '9')
            && (scanner.number() || kind == Read.Kind.NUMBER);
      }
      case BOOLEAN -> {
        if (first == 't' || first == 'f') {
          scanner.literal(first == 't' ? "true" : "false");
          return true;
        }
        return false;
      }
      case ENUM -> {
        return first == '"' && passConstant(scanner, bytes);
      }
      default -> {
        scanner.value();
        return true;
      }
    }
  }

  private boolean passConstant(JsonScanner scanner, byte[] bytes) {
    int from = scanner.position() + 1;
    int to = scanner.string() - 1;
    return indexOf(constants, bytes, from, to, 0, scanner.wasEscaped()) >= 0;
  }

  /** Passes an element that is not noted, and says whether it fits. */
  private boolean fits(JsonScanner scanner, byte[] bytes) {
    byte first = scanner.peek();
    if (first == 'n') {
      scanner.literal("null");
      return nullable;
    }
    int from = scanner.position();
    boolean fits;
    if (kind == Read.Kind.LIST && first == '[' && element != null) {
      fits = true;
      scanner.enter();
      for (boolean start = true; scanner.nextElement(start); start = false) {
        fits &= element.fits(scanner, bytes);
      }
      return fits;
    }
    if (kind == Read.Kind.MAP && first == '{' && element != null) {
      fits = true;
      scanner.enter();
      for (boolean start = true; scanner.nextMember(start); start = false) {
        scanner.name();
        fits &= element.fits(scanner, bytes);
      }
      return fits;
    }
    fits = passScalar(scanner, bytes, first);
    if (scanner.position() == from) {
      scanner.value();
    }
    return fits;
  }

  private boolean readMembers(JsonScanner scanner, Run run, byte[] bytes, int row) {
    scanner.enter();
    long seen = 0;
    boolean[] seenMany = members.length > MOST_BITS ? new boolean[members.length] : null;
    int found = 0;
    int next = 0;
    boolean whole = true;
    for (boolean first = true; scanner.nextMember(first); first = false) {
      int from = scanner.position() + 1;
      int to = scanner.name();
      int i = indexOf(names, bytes, from, to, next, scanner.wasEscaped());
      if (i < 0) {
        scanner.value();
        continue;
      }
      if (seenMany == null ? (seen & 1L << i) != 0 : seenMany[i]) {
        throw new MalformedJsonException(members[i].path + " stands twice", from);
      }
      if (seenMany == null) {
        seen |= 1L << i;
      } else {
        seenMany[i] = true;
      }
      found++;
      next = i + 1;
      whole &= members[i].read(scanner, run, bytes, row);
    }
    if (found < members.length) {
      whole = false;
      for (int i = 0; i < members.length; i++) {
        if (seenMany == null ? (seen & 1L << i) == 0 : !seenMany[i]) {
          members[i].missing(run, row);
        }
      }
    }
    return whole;
  }

  private static int indexOf(
      byte[][] texts, byte[] bytes, int from, int to, int next, boolean escaped) {
    if (escaped) {
      byte[] text = JsonText.unescape(bytes, from, to).getBytes(StandardCharsets.UTF_8);
      return indexOf(texts, text, 0, text.length, next, false);
    }
    int count = texts.length;
    for (int i = 0, k = next; i < count; i++, k++) {
      if (k >= count) {
        k = 0;
      }
      byte[] text = texts[k];
      if (text.length == to - from && Arrays.equals(text, 0, text.length, bytes, from, to)) {
        return k;
      }
    }
    return -1;
  }

  private boolean readCase(JsonScanner scanner, Run run, byte[] bytes, int row) {
    int start = scanner.position();
    int which = -1;
    scanner.enter();
    for (boolean first = true; scanner.nextMember(first); first = false) {
      int from = scanner.position() + 1;
      int to = scanner.name();
      boolean isTag =
          indexOf(new byte[][] {discriminator}, bytes, from, to, 0, scanner.wasEscaped()) == 0;
      if (isTag && scanner.peek() == '"') {
        int tagFrom = scanner.position() + 1;
        int tagTo = scanner.string() - 1;
        which = indexOf(tags, bytes, tagFrom, tagTo, 0, scanner.wasEscaped());
      } else {
        scanner.value();
      }
    }
    if (which < 0) {
      String tag = new String(discriminator, StandardCharsets.UTF_8);
      set(run, row, run.nonsense(path + "." + tag + " names no case of " + path));
      return false;
    }
    int end = scanner.position();
    scanner.position(start);
    for (int i = 0; i < cases.length; i++) {
      if (i == which) {
        cases[i].read(scanner, run, bytes, row);
      } else {
        cases[i].set(run, row, State.ABSENT);
      }
    }
    scanner.position(end);
    if (mark >= 0) {
      run.columns[mark].at[row] = State.range(which, which);
    }
    return true;
  }

  private boolean readElements(JsonScanner scanner, Run run, byte[] bytes, int row) {
    ReadOp each = element();
    int from = scanner.position();
    scanner.enter();
    int count = 0;
    boolean tooMany = false;
    boolean fit = true;
    boolean sound = true;
    Table table = rows < 0 ? null : run.tables[rows];
    int start = table == null ? 0 : table.count;
    for (boolean first = true; scanner.nextElement(first); first = false) {
      if (count == atMost) {
        scanner.value();
        tooMany = true;
        continue;
      }
      count++;
      if (table == null) {
        fit &= each.fits(scanner, bytes);
      } else {
        boolean isNull = each.nullable && scanner.peek() == 'n';
        sound &= each.read(scanner, run, bytes, table.append(row, bytes)) || isNull;
      }
    }
    if (tooMany) {
      if (table != null) {
        table.truncate(start);
        each.forgetBelow(run, start);
      }
      set(run, row, run.nonsense(path + " has more than " + atMost + " elements"));
      return false;
    }
    if (!fit) {
      set(run, row, run.nonsense(path + OTHER_KIND, misfit(bytes, from, scanner.position())));
      return false;
    }
    if (mark >= 0 && table != null) {
      run.columns[mark].at[row] = State.range(start, table.count);
    }
    if (!sound && !each.parts && column >= 0) {
      // Whoever passes the list on as it stands must not pass on what does not fit.
      run.columns[column].at[row] =
          run.nonsense(path + OTHER_KIND, misfit(bytes, from, scanner.position()));
      return false;
    }
    return true;
  }

  /** Where in a list the first element stands that does not fit. */
  private Failure.Inside misfit(byte[] bytes, int from, int to) {
    JsonScanner scanner = new JsonScanner(bytes, from, to);
    List<Object> place = new ArrayList<>();
    ReadOp list = this;
    while (list.kind == Read.Kind.LIST && scanner.peek() == '[') {
      ReadOp each = list.element();
      int index = 0;
      int at = scanner.position();
      scanner.enter();
      for (boolean first = true; scanner.nextElement(first); first = false) {
        at = scanner.position();
        if (!each.fits(scanner, bytes)) {
          break;
        }
        index++;
      }
      place.add(index);
      scanner.position(at);
      list = each;
    }
    return new Failure.Inside(column, place);
  }

  private boolean readEntries(JsonScanner scanner, Run run, byte[] bytes, int row) {
    ReadOp each = element();
    scanner.enter();
    boolean fit = true;
    Table table = rows < 0 ? null : run.tables[rows];
    int start = table == null ? 0 : table.count;
    for (boolean first = true; scanner.nextMember(first); first = false) {
      int nameFrom = scanner.position();
      int nameTo = scanner.name() + 1;
      if (table == null) {
        fit &= each.fits(scanner, bytes);
      } else {
        int entry = table.append(row, bytes);
        run.columns[keyColumn].at[entry] = State.range(nameFrom, nameTo);
        each.read(scanner, run, bytes, entry);
      }
    }
    if (!fit) {
      set(run, row, run.nonsense(path + " has values of another kind"));
      return false;
    }
    if (mark >= 0 && table != null) {
      run.columns[mark].at[row] = State.range(start, table.count);
    }
    return true;
  }

  private ReadOp element() {
    if (element == null) {
      throw new IllegalStateException(path + " has no elements");
    }
    return element;
  }

  /** Forgets rows that were read for rows of the enclosing table from {@code row} on. */
  void forgetBelow(Run run, int row) {
    for (ReadOp member : members) {
      member.forgetBelow(run, row);
    }
    for (ReadOp each : cases) {
      each.forgetBelow(run, row);
    }
    if (rows >= 0) {
      Table table = run.tables[rows];
      table.truncateBelow(row);
      element().forgetBelow(run, table.count);
    }
  }

  /** Forgets the rows of a batch's answer from {@code row} on, wherever in the body its list stands. */
  void forgetRows(Run run, int row) {
    for (ReadOp member : members) {
      member.forgetRows(run, row);
    }
    if (rows >= 0) {
      run.tables[rows].truncate(row);
      element().forgetBelow(run, row);
    }
  }

  private void missing(Run run, int row) {
    set(
        run,
        row,
        nullable
            ? State.ABSENT
            : run.nonsense(path + " is missing (expected: " + expected() + ")"));
  }

  /** Says of this value and of all its parts that they are absent or failed. */
  void set(Run run, int row, long state) {
    if (column >= 0) {
      run.columns[column].at[row] = state;
    }
    if (mark >= 0) {
      run.columns[mark].at[row] = state;
    }
    for (ReadOp member : members) {
      member.set(run, row, state);
    }
    for (ReadOp each : cases) {
      each.set(run, row, state);
    }
  }

  private long mistyped(Run run, byte[] bytes, int from, int to) {
    byte first = bytes[from];
    String found = switch (first) {
      case '"' -> "a string";
      case '{' -> "an object";
      case '[' -> "an array";
      case 't', 'f' -> "a boolean";
      default -> "a number";
    };
    return run.nonsense(
        path + " is " + found + " of " + (to - from) + " bytes (expected: " + expected() + ")");
  }

  private String expected() {
    return switch (kind) {
      case ANY -> "a value";
      case STRING -> "a string";
      case INTEGER -> "a whole number";
      case NUMBER -> "a number";
      case BOOLEAN -> "true or false";
      case ENUM -> "one of the names of its enumeration";
      case OBJECT, UNION, MAP -> "an object";
      case LIST -> "an array";
    };
  }
}

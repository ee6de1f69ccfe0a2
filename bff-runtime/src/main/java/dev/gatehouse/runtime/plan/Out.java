package dev.gatehouse.runtime.plan;

import dev.gatehouse.runtime.json.JsonSink;
import java.util.List;

/** How a value is written as JSON from columns. Immutable. */
public sealed interface Out {

  /** The bytes that a column notes. */
  record Slice(List<Hop> hops, int column) implements Out {
    public Slice {
      hops = List.copyOf(hops);
    }
  }

  /** Always the same bytes. */
  record Const(byte[] json) implements Out {}

  /**
   * An object.
   *
   * @param presence the column that says whether there is one; -1 where there always is
   * @param fields in the order of the answer
   */
  record Obj(List<Hop> hops, int presence, List<Field> fields) implements Out {
    public Obj {
      hops = List.copyOf(hops);
      fields = List.copyOf(fields);
    }
  }

  /**
   * A field of an object.
   *
   * @param key its name in the answer
   * @param prefix the quoted key and the colon
   * @param nullable whether null may stand there when the value is absent or lost
   */
  record Field(String key, byte[] prefix, Out value, boolean nullable) {

    static Field of(String key, boolean nullable, Out value) {
      JsonSink prefix = new JsonSink(key.length() + 3);
      prefix.writeString(key);
      prefix.write(':');
      return new Field(key, prefix.toByteArray(), value, nullable);
    }

    /** A field that always holds the same text. */
    static Field text(String key, String text) {
      JsonSink json = new JsonSink(text.length() + 2);
      json.writeString(text);
      return of(key, false, new Const(json.toByteArray()));
    }
  }

  /**
   * A list, or an object with free keys.
   *
   * @param ranges the column that notes each list's range of rows
   * @param table the rows
   * @param keyColumn the column of the keys; -1 for a list
   * @param skip how many rows of a range are left out at its begin
   * @param most how many rows after those are written, where there are so many
   * @param index what the first that is written has in the list
   */
  record Rows(
      List<Hop> hops,
      int ranges,
      int table,
      Out element,
      boolean elementNullable,
      int keyColumn,
      int skip,
      int most,
      int index)
      implements Out {
    public Rows {
      hops = List.copyOf(hops);
    }

    /** All rows of a range. */
    Rows(
        List<Hop> hops,
        int ranges,
        int table,
        Out element,
        boolean elementNullable,
        int keyColumn) {
      this(hops, ranges, table, element, elementNullable, keyColumn, 0, Integer.MAX_VALUE, 0);
    }

    /** The same of one half of the list. */
    Rows only(Half half) {
      return new Rows(
          hops,
          ranges,
          table,
          element,
          elementNullable,
          keyColumn,
          half.skip(),
          half.most(),
          half.skip());
    }

    /** The same, where the range is the second half of a list. */
    Rows after(int count) {
      return new Rows(hops, ranges, table, element, elementNullable, keyColumn, skip, most, count);
    }
  }

  /**
   * A list whose rest is written later, if there is any.
   *
   * @param tail the rest
   * @param part its number in {@link Plan#parts()}
   */
  record Streaming(Rows head, Rows tail, int part) implements Out {}

  /** An integer, or lists of them, in quotes. */
  record AsText(Out main) implements Out {}

  /** A value, or null where it failed; the loss is reported. */
  record OrNull(Out main) implements Out {}

  /** A value, or a constant where it is absent or failed. */
  record OrElse(Out main, byte[] alternative) implements Out {}

  /** A value at the end of some hops; absent where they lead nowhere. */
  record Move(List<Hop> hops, Out value) implements Out {
    public Move {
      hops = List.copyOf(hops);
    }
  }

  /** The first of two that is there. */
  record Rescue(Out main, Move alternative) implements Out {}

  /** The first of several that is not absent. */
  record Switch(List<Out> branches) implements Out {
    public Switch {
      branches = List.copyOf(branches);
    }
  }

  /**
   * A union as it was read.
   *
   * @param presence the column that notes the case
   * @param cases one per case, in order
   */
  record Cases(List<Hop> hops, int presence, List<Out> cases) implements Out {
    public Cases {
      hops = List.copyOf(hops);
      cases = List.copyOf(cases);
    }
  }

  /**
   * An object of which more is written later, if it is written at all.
   *
   * @param parts the numbers of {@link Plan#parts()}, each of the same row
   */
  record Deferring(Out main, List<Integer> parts) implements Out {
    public Deferring {
      parts = List.copyOf(parts);
    }
  }

  /** The class of a value's failure as a string, or null where it is there or absent. */
  record FailureLabel(Out main) implements Out {}
}

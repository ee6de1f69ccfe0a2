package dev.gatehouse.runtime.plan;

import dev.gatehouse.dsl.contract.DataType;
import dev.gatehouse.dsl.contract.DataType.AnyType;
import dev.gatehouse.dsl.contract.DataType.Case;
import dev.gatehouse.dsl.contract.DataType.Component;
import dev.gatehouse.dsl.contract.DataType.EnumConstant;
import dev.gatehouse.dsl.contract.DataType.EnumType;
import dev.gatehouse.dsl.contract.DataType.ListType;
import dev.gatehouse.dsl.contract.DataType.MapType;
import dev.gatehouse.dsl.contract.DataType.ScalarType;
import dev.gatehouse.dsl.contract.DataType.UnionType;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/**
 * How one JSON value is read: which kind it must be, which of its parts are noted in which columns. Grows while a plan is made, as
 * the planner finds out what is needed, and never changes after.
 */
public final class Read {

  /** The kinds of JSON value a contract can expect. */
  public enum Kind {
    ANY,
    STRING,
    INTEGER,
    NUMBER,
    BOOLEAN,
    ENUM,
    OBJECT,
    LIST,
    MAP,
    UNION
  }

  /** A member of an object, or the object at the end of a case. */
  public record Member(byte[] name, Read read) {}

  private final Kind kind;
  private final DataType type;
  private final boolean nullable;
  private final String path;
  private int column = -1;
  private int mark = -1;
  private final List<Member> members = new ArrayList<>();
  private final List<byte[]> constants = new ArrayList<>();
  private final List<Read> cases = new ArrayList<>();
  private final List<byte[]> tags = new ArrayList<>();
  private byte[] discriminator = {};
  private @Nullable Read element;
  private @Nullable TableSpec rows;
  private int atMost = Integer.MAX_VALUE;
  private int keyColumn = -1;
  private @Nullable Step maker;

  Read(DataType type, boolean nullable, String path) {
    this.type = type;
    this.nullable = nullable;
    this.path = path;
    this.kind = kindOf(type);
    if (type instanceof EnumType enumType) {
      for (EnumConstant constant : enumType.constants()) {
        constants.add(utf8(constant.name()));
      }
    } else if (type instanceof ListType list) {
      element = new Read(list.element(), list.elementNullable(), path + "[]");
    } else if (type instanceof MapType map) {
      element = new Read(map.value(), map.valueNullable(), path + ".*");
    } else if (type instanceof UnionType union) {
      discriminator = utf8(union.discriminator());
      for (Case each : union.cases()) {
        tags.add(utf8(each.tag()));
        cases.add(new Read(each.type(), false, path));
      }
    }
  }

  private static Kind kindOf(DataType type) {
    if (type instanceof ScalarType scalar) {
      return switch (scalar.kind()) {
        case STRING -> Kind.STRING;
        case INTEGER -> Kind.INTEGER;
        case NUMBER -> Kind.NUMBER;
        case BOOLEAN -> Kind.BOOLEAN;
      };
    }
    if (type instanceof AnyType) {
      return Kind.ANY;
    }
    if (type instanceof EnumType) {
      return Kind.ENUM;
    }
    if (type instanceof ListType) {
      return Kind.LIST;
    }
    if (type instanceof MapType) {
      return Kind.MAP;
    }
    return type instanceof UnionType ? Kind.UNION : Kind.OBJECT;
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** Wraps a read so that it is found below the given members, outermost first. */
  static Read below(List<String> names, Read inner) {
    Read read = inner;
    for (int i = names.size() - 1; i >= 0; i--) {
      Read outer = new Read(new AnyType(Object.class), false, "$", Kind.OBJECT);
      outer.members.add(new Member(utf8(names.get(i)), read));
      read = outer;
    }
    return read;
  }

  private Read(DataType type, boolean nullable, String path, Kind kind) {
    this.type = type;
    this.nullable = nullable;
    this.path = path;
    this.kind = kind;
  }

  /** The read of a component of an object; added where it is not read yet. */
  Read member(Component component) {
    byte[] name = utf8(component.name());
    for (Member member : members) {
      if (Arrays.equals(member.name(), name)) {
        return member.read();
      }
    }
    Read read = new Read(component.type(), component.nullable(), path + "." + component.name());
    read.madeBy(maker);
    members.add(new Member(name, read));
    return read;
  }

  /** Says which step reads it; null where the step that looks at it makes sure itself. */
  void madeBy(@Nullable Step step) {
    maker = step;
    if (element != null) {
      element.madeBy(step);
    }
    cases.forEach(each -> each.madeBy(step));
  }

  @Nullable Step maker() {
    return maker;
  }

  /** Has this value noted in a column. */
  int note(IntSupplier newColumn) {
    if (column < 0) {
      column = newColumn.getAsInt();
    }
    return column;
  }

  /** Has a list's range of rows, or a union's case, noted in a column. */
  int mark(IntSupplier newColumn) {
    if (mark < 0) {
      mark = newColumn.getAsInt();
    }
    return mark;
  }

  /** Has the elements noted as rows of a table. */
  void open(TableSpec table) {
    this.rows = table;
  }

  /** Lowers the most elements accepted. */
  void bound(int most) {
    this.atMost = Math.min(atMost, most);
  }

  void noteKeys(int column) {
    this.keyColumn = column;
  }

  public Kind kind() {
    return kind;
  }

  public DataType type() {
    return type;
  }

  /** Whether null, or nothing at all, is a fit value. */
  public boolean nullable() {
    return nullable;
  }

  /** Where it stands in the answer, for messages: {@code $.items[].name}. */
  public String path() {
    return path;
  }

  /** The column that notes its bytes; -1 for none. */
  public int column() {
    return column;
  }

  /** The column that notes a list's range of rows, or the number of a union's case; -1 for none. */
  public int mark() {
    return mark;
  }

  public List<Member> members() {
    return members;
  }

  /** The texts an enumeration may have. */
  public List<byte[]> constants() {
    return constants;
  }

  public byte[] discriminator() {
    return discriminator;
  }

  public List<byte[]> tags() {
    return tags;
  }

  /** One read per tag, of an object at the same place. */
  public List<Read> cases() {
    return cases;
  }

  /** How each element of a list, or value of a map, is read. */
  public Read element() {
    if (element == null) {
      throw new IllegalStateException(path + " is no list or map");
    }
    return element;
  }

  /** The table that has a row per element; null where elements are only checked. */
  public @Nullable TableSpec rows() {
    return rows;
  }

  /** The most elements accepted. */
  public int atMost() {
    return atMost;
  }

  /** The column of {@link #rows()} that notes a map's keys; -1 for none. */
  public int keyColumn() {
    return keyColumn;
  }
}

package dev.gatehouse.dsl;

import dev.gatehouse.dsl.contract.DataType;
import dev.gatehouse.dsl.contract.DataType.AnyType;
import dev.gatehouse.dsl.contract.DataType.ListType;
import dev.gatehouse.dsl.contract.DataType.MapType;
import dev.gatehouse.dsl.contract.DataType.RecordType;
import dev.gatehouse.dsl.contract.DataType.ScalarType;
import dev.gatehouse.dsl.contract.DataType.UnionType;
import dev.gatehouse.dsl.contract.Nothing;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;

/** Whether a value of one type may stand where another is asked for: the same type, or a wider number. */
final class TypeFit {
  private static final List<Type> INTEGERS =
      List.of(Byte.class, Short.class, Integer.class, Long.class, BigInteger.class);
  private static final List<Type> NUMBERS = List.of(Float.class, Double.class, BigDecimal.class);

  /** Stands for what is wrong already, so that one mistake is not reported twice. */
  static final DataType BROKEN = new AnyType(TypeFit.class);

  private TypeFit() {}

  static boolean isBroken(DataType type) {
    return BROKEN.equals(type);
  }

  static boolean fits(DataType found, DataType expected) {
    if (isBroken(found) || isBroken(expected) || found.equals(expected)) {
      return true;
    }
    if (expected instanceof AnyType any) {
      return any.javaType() != Nothing.class;
    }
    if (found instanceof ScalarType narrow && expected instanceof ScalarType wide) {
      return widens(narrow.javaType(), wide.javaType());
    }
    if (found instanceof ListType from && expected instanceof ListType to) {
      return fits(from.element(), to.element())
          && (to.elementNullable() || !from.elementNullable());
    }
    if (found instanceof MapType from && expected instanceof MapType to) {
      return fits(from.value(), to.value()) && (to.valueNullable() || !from.valueNullable());
    }
    return found instanceof RecordType
            && expected instanceof RecordType
            && found.javaType().equals(expected.javaType())
        || found instanceof UnionType
            && expected instanceof UnionType
            && found.javaType().equals(expected.javaType());
  }

  private static boolean widens(Type narrow, Type wide) {
    if (narrow.equals(wide)) {
      return true;
    }
    int from = INTEGERS.indexOf(narrow);
    if (from >= 0) {
      return NUMBERS.contains(wide) || INTEGERS.indexOf(wide) > from;
    }
    int decimal = NUMBERS.indexOf(narrow);
    return decimal >= 0 && NUMBERS.indexOf(wide) > decimal;
  }

  /** How to call a type in a message in which it stands beside another one. */
  static String name(DataType type, DataType beside) {
    String nullable = type instanceof ListType list && list.elementNullable()
        ? " of elements that may be null"
        : "";
    String name = type.name().equals(beside.name()) && !type.javaType().equals(beside.javaType())
        ? type.javaType().getTypeName()
        : type.name();
    return name + nullable;
  }
}

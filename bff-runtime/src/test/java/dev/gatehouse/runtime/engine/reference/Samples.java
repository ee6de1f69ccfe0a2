package dev.gatehouse.runtime.engine.reference;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gatehouse.dsl.contract.DataType;
import dev.gatehouse.dsl.contract.DataType.AnyType;
import dev.gatehouse.dsl.contract.DataType.Case;
import dev.gatehouse.dsl.contract.DataType.Component;
import dev.gatehouse.dsl.contract.DataType.EnumType;
import dev.gatehouse.dsl.contract.DataType.ListType;
import dev.gatehouse.dsl.contract.DataType.MapType;
import dev.gatehouse.dsl.contract.DataType.RecordType;
import dev.gatehouse.dsl.contract.DataType.ScalarType;
import dev.gatehouse.dsl.contract.DataType.UnionType;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import java.util.Random;

/** JSON values of a contract, some of them off it. */
public final class Samples {
  private static final JsonNodeFactory NODES = JsonNodeFactory.withExactBigDecimals(true);
  private static final List<String> TEXTS =
      List.of("a", "b", "c", "d", "e", "f", "ä/€?&", "", "a\"b\\c\n", "𝄞 +%");
  private static final List<String> NUMBERS = List.of(
      "1.10",
      "0",
      "-0.0",
      "9223372036854775809.50",
      "1e5",
      "3",
      "-7.25",
      "0.000000000000000000001");

  private final Random random;
  private final int wrongPerThousand;

  /**
   * @param wrongPerThousand how often a member is missing, null or of another kind
   */
  public Samples(Random random, int wrongPerThousand) {
    this.random = random;
    this.wrongPerThousand = wrongPerThousand;
  }

  public JsonNode of(DataType type) {
    return of(type, 0);
  }

  private JsonNode of(DataType type, int depth) {
    if (type instanceof ScalarType scalar) {
      return switch (scalar.kind()) {
        case STRING ->
          NODES.textNode(TEXTS.get(random.nextInt(random.nextInt(8) == 0 ? TEXTS.size() : 6)));
        case INTEGER -> integer(scalar);
        case NUMBER ->
          NODES.numberNode(new BigDecimal(NUMBERS.get(random.nextInt(NUMBERS.size()))));
        case BOOLEAN -> NODES.booleanNode(random.nextBoolean());
      };
    }
    if (type instanceof EnumType one) {
      return NODES.textNode(
          one.constants().get(random.nextInt(one.constants().size())).name());
    }
    if (type instanceof ListType list) {
      ArrayNode array = NODES.arrayNode();
      for (int i = size(depth); i > 0; i--) {
        array.add(element(list.element(), list.elementNullable(), depth));
      }
      return array;
    }
    if (type instanceof MapType map) {
      ObjectNode object = NODES.objectNode();
      for (int i = size(depth); i > 0; i--) {
        object.set("k" + i, element(map.value(), map.valueNullable(), depth));
      }
      return object;
    }
    if (type instanceof RecordType record) {
      return record(record, depth);
    }
    if (type instanceof UnionType union) {
      Case one = union.cases().get(random.nextInt(union.cases().size()));
      ObjectNode object = record(one.type(), depth);
      object.put(union.discriminator(), isWrong() ? "Other" : one.tag());
      return object;
    }
    return anything();
  }

  private JsonNode integer(ScalarType scalar) {
    return scalar.javaType() == BigInteger.class && random.nextInt(3) == 0
        ? NODES.numberNode(new BigInteger("9223372036854775809"))
        : NODES.numberNode(random.nextInt(6));
  }

  private int size(int depth) {
    return depth > 4 ? 0 : random.nextInt(4);
  }

  private JsonNode element(DataType type, boolean nullable, int depth) {
    if (isWrong()) {
      return wrong(type);
    }
    return nullable && random.nextInt(3) == 0 ? NODES.nullNode() : of(type, depth + 1);
  }

  private ObjectNode record(RecordType record, int depth) {
    ObjectNode object = NODES.objectNode();
    for (Component component : record.components()) {
      boolean leaveOut = component.nullable() && (depth > 3 || random.nextInt(3) == 0);
      if (isWrong()) {
        if (random.nextInt(3) > 0) {
          object.set(component.name(), wrong(component.type()));
        }
      } else if (!leaveOut) {
        object.set(component.name(), of(component.type(), depth + 1));
      } else if (random.nextBoolean()) {
        object.putNull(component.name());
      }
    }
    return object;
  }

  private boolean isWrong() {
    return random.nextInt(1000) < wrongPerThousand;
  }

  private JsonNode wrong(DataType type) {
    JsonNode wrong = anything();
    if (type instanceof ScalarType scalar
        && scalar.javaType() == Integer.class
        && random.nextBoolean()) {
      wrong = NODES.numberNode(new BigDecimal("1.5"));
    }
    return type instanceof AnyType ? NODES.nullNode() : wrong;
  }

  private JsonNode anything() {
    return switch (random.nextInt(6)) {
      case 0 -> NODES.nullNode();
      case 1 -> NODES.textNode("other");
      case 2 -> NODES.numberNode(7);
      case 3 -> NODES.booleanNode(true);
      case 4 -> NODES.arrayNode().add(1).add("x");
      default -> NODES.objectNode().put("some", "thing");
    };
  }
}

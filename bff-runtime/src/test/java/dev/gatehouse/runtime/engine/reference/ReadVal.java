package dev.gatehouse.runtime.engine.reference;

import com.fasterxml.jackson.databind.JsonNode;
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
import dev.gatehouse.runtime.plan.Selection;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What was read from JSON, held to its contract part by part. */
class ReadVal extends Val {
  private final DataType type;
  private final @Nullable JsonNode json;
  private final boolean nullable;
  private final int atMost;

  /**
   * @param json null where there is no such member
   * @param nullable whether null, or nothing at all, is a fit value
   */
  ReadVal(DataType type, @Nullable JsonNode json, boolean nullable) {
    this(type, json, nullable, Integer.MAX_VALUE);
  }

  ReadVal(DataType type, @Nullable JsonNode json, boolean nullable, int atMost) {
    this.type = type;
    this.json = json;
    this.nullable = nullable;
    this.atMost = atMost;
  }

  /** What is known when a composite is written: all of it is what was written. */
  static ReadVal fixed(DataType type, @Nullable JsonNode json) {
    return new ReadVal(type, json, true) {
      @Override
      Val get(Component component) {
        return fixed(component.type(), json == null ? null : json.get(component.name()));
      }

      @Override
      Elements elements() {
        if (json == null || !json.isArray()) {
          return super.elements();
        }
        List<Val> all = new ArrayList<>();
        json.forEach(each -> all.add(fixed(((ListType) type).element(), each)));
        return Elements.of(all);
      }

      @Override
      Found write(@Nullable Selection selection, Writing writing) {
        return selection == null && json != null && !json.isNull()
            ? new Found.There(json)
            : super.write(selection, writing);
      }
    };
  }

  @Override
  DataType type() {
    return type;
  }

  /** Whether it is of its kind, parts aside. */
  private Found self() {
    if (json == null || json.isNull()) {
      return nullable ? Found.ABSENT : Found.nonsense();
    }
    boolean fits;
    if (type instanceof ScalarType scalar) {
      fits = switch (scalar.kind()) {
        case STRING -> json.isTextual();
        case INTEGER -> json.isIntegralNumber();
        case NUMBER -> json.isNumber();
        case BOOLEAN -> json.isBoolean();
      };
    } else if (type instanceof EnumType enumeration) {
      fits = json.isTextual()
          && enumeration.constants().stream().anyMatch(one -> one.name().equals(json.asText()));
    } else if (type instanceof ListType) {
      fits = json.isArray() && json.size() <= atMost;
    } else if (type instanceof UnionType) {
      fits = json.isObject() && caseOf() != null;
    } else {
      fits = type instanceof AnyType || json.isObject();
    }
    return fits ? new Found.There(json) : Found.nonsense();
  }

  @Nullable Case caseOf() {
    JsonNode tag = json == null ? null : json.get(((UnionType) type).discriminator());
    return tag == null || !tag.isTextual()
        ? null
        : ((UnionType) type)
            .cases().stream()
                .filter(one -> one.tag().equals(tag.asText()))
                .findFirst()
                .orElse(null);
  }

  /** A list of what has no parts is one value: there as a whole or not. */
  @Override
  Found presence() {
    Found self = self();
    return self.isThere() && json != null && !hasParts(type) && !fits(type, json)
        ? Found.nonsense()
        : self;
  }

  @Override
  Val get(Component component) {
    Found self = self();
    if (!self.isThere()) {
      return new State(component.type(), self);
    }
    if (type instanceof UnionType) {
      return narrowed().get(like(narrowed().type(), component));
    }
    return new ReadVal(component.type(), member(component), component.nullable());
  }

  /** A union's value as what it is. */
  ReadVal narrowed() {
    Case one = caseOf();
    if (one == null) {
      throw new IllegalStateException("no case: " + json);
    }
    return new ReadVal(one.type(), json, false);
  }

  static Component like(DataType type, Component component) {
    Component own = ((RecordType) type).component(component.javaName());
    if (own == null) {
      throw new IllegalStateException(type.name() + " has no " + component.javaName());
    }
    return own;
  }

  private @Nullable JsonNode member(Component component) {
    return json == null ? null : json.get(component.name());
  }

  @Override
  Elements elements() {
    Found self = self();
    if (!self.isThere() || json == null) {
      return Elements.missing(self);
    }
    ListType list = (ListType) type;
    List<Val> all = new ArrayList<>();
    json.forEach(each -> all.add(new ReadVal(list.element(), each, list.elementNullable())));
    return Elements.of(all);
  }

  @Override
  Found write(@Nullable Selection selection, Writing writing) {
    Found self = self();
    if (!self.isThere() || json == null) {
      return writing.note(self);
    }
    if (hasOwnParts() && writing.passes(type)) {
      return self;
    }
    if (type instanceof RecordType record) {
      return ObjectVal.write(record, selection, writing, (component, field) -> get(component));
    }
    if (type instanceof UnionType union) {
      return OneOfVal.write(union, narrowed(), selection, writing);
    }
    if (type instanceof ListType list) {
      return hasParts(list.element())
          ? elements().write(list, selection, writing)
          : fits(type, json) ? self : misfit(type, json, writing);
    }
    if (type instanceof MapType map) {
      return hasParts(map.value())
          ? entries(map, json, selection, writing)
          : writing.note(fits(type, json) ? self : Found.nonsense());
    }
    return self;
  }

  private boolean hasOwnParts() {
    return type instanceof RecordType || type instanceof UnionType;
  }

  private static Found entries(
      MapType map, JsonNode json, @Nullable Selection selection, Writing writing) {
    ObjectNode object = JsonNodeFactory.instance.objectNode();
    Found lost = null;
    int i = 0;
    for (Map.Entry<String, JsonNode> entry : json.properties()) {
      ReadVal value = new ReadVal(map.value(), entry.getValue(), map.valueNullable());
      Found found = writing.at(i++, () -> {
        Found each = value.write(selection, writing);
        return each.isThere() ? each : orNull(writing.climb(each, map.valueNullable()));
      });
      if (found instanceof Found.There there) {
        object.set(entry.getKey(), there.json());
      } else if (lost == null) {
        lost = found;
      }
    }
    return lost == null ? new Found.There(object) : lost;
  }

  /** Whether parts of it can be selected, so that they count one by one. */
  private static boolean hasParts(DataType type) {
    return type instanceof RecordType
        || type instanceof UnionType
        || type instanceof ListType list && hasParts(list.element())
        || type instanceof MapType map && hasParts(map.value());
  }

  /** The first element that does not fit, and with it each list that it is in: an engine may know of the list alone. */
  private static Found misfit(DataType type, JsonNode json, Writing writing) {
    if (type instanceof ListType list && json.isArray()) {
      for (int i = 0; i < json.size(); i++) {
        JsonNode each = json.get(i);
        if (!(each.isNull() ? list.elementNullable() : fits(list.element(), each))) {
          writing.at(i, () -> misfit(list.element(), each, writing));
          break;
        }
      }
    }
    return writing.note(Found.nonsense());
  }

  private static boolean fits(DataType type, JsonNode json) {
    if (!new ReadVal(type, json, false).self().isThere()) {
      return false;
    }
    if (type instanceof ListType list) {
      for (JsonNode each : json) {
        if (!(each.isNull() ? list.elementNullable() : fits(list.element(), each))) {
          return false;
        }
      }
    }
    if (type instanceof MapType map) {
      for (JsonNode each : json) {
        if (!(each.isNull() ? map.valueNullable() : fits(map.value(), each))) {
          return false;
        }
      }
    }
    return true;
  }
}

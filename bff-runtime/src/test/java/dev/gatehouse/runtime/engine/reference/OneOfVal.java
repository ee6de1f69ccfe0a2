package dev.gatehouse.runtime.engine.reference;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gatehouse.dsl.contract.DataType;
import dev.gatehouse.dsl.contract.DataType.Case;
import dev.gatehouse.dsl.contract.DataType.Component;
import dev.gatehouse.dsl.contract.DataType.RecordType;
import dev.gatehouse.dsl.contract.DataType.UnionType;
import dev.gatehouse.runtime.plan.Selection;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One case of a union, where a value of the union is expected. */
final class OneOfVal extends Val {
  private final UnionType union;
  private final Val body;

  OneOfVal(UnionType union, Val body) {
    this.union = union;
    this.body = body;
  }

  @Override
  DataType type() {
    return union;
  }

  @Override
  Val get(Component component) {
    return body.get(ReadVal.like(body.type(), component));
  }

  @Override
  Found write(@Nullable Selection selection, Writing writing) {
    return write(union, body, selection, writing);
  }

  static Found write(UnionType union, Val body, @Nullable Selection selection, Writing writing) {
    RecordType record = (RecordType) body.type();
    Case one = union.cases().stream()
        .filter(each -> each.type().equals(record))
        .findFirst()
        .orElseThrow();
    List<Selection.Field> own = new ArrayList<>();
    List<Selection.Field> all = new ArrayList<>();
    if (selection != null) {
      for (Selection.Field field : selection.fields()) {
        if (field.cases() == null || field.cases().contains(one.tag())) {
          if (record.field(field.name()) != null) {
            own.add(field);
            all.add(field);
          } else if (isTag(union, field)) {
            all.add(field);
          }
        }
      }
    }
    Found found = body.write(selection == null ? null : new Selection(own), writing);
    if (!(found instanceof Found.There there)) {
      return found;
    }
    ObjectNode object = JsonNodeFactory.instance.objectNode();
    if (selection == null) {
      object.put(union.discriminator(), one.tag());
      object.setAll((ObjectNode) there.json());
    }
    for (Selection.Field field : all) {
      JsonNode value = there.json().get(field.key());
      if (!isTag(union, field)) {
        object.set(field.key(), value);
      } else {
        object.put(
            field.key(), field.name().equals(Selection.TYPE_NAME) ? record.name() : one.tag());
      }
    }
    return new Found.There(object);
  }

  private static boolean isTag(UnionType union, Selection.Field field) {
    return field.name().equals(Selection.TYPE_NAME) || field.name().equals(union.discriminator());
  }
}

package dev.gatehouse.runtime.engine.reference;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.gatehouse.dsl.contract.DataType;
import dev.gatehouse.dsl.contract.DataType.Component;
import dev.gatehouse.dsl.contract.DataType.RecordType;
import dev.gatehouse.runtime.plan.Selection;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/** An object put together from other values. */
final class ObjectVal extends Val {
  private final RecordType record;
  private final BiFunction<Component, Selection.@Nullable Field, Val> components;

  /**
   * @param components a component's value, with the arguments that a selected field of it brings
   */
  ObjectVal(RecordType record, BiFunction<Component, Selection.@Nullable Field, Val> components) {
    this.record = record;
    this.components = components;
  }

  @Override
  DataType type() {
    return record;
  }

  @Override
  Found presence() {
    return new Found.There(JsonNodeFactory.instance.objectNode());
  }

  @Override
  Val get(Component component) {
    return components.apply(component, null);
  }

  @Override
  Found write(@Nullable Selection selection, Writing writing) {
    return write(record, selection, writing, components::apply);
  }

  static Found write(
      RecordType record,
      @Nullable Selection selection,
      Writing writing,
      BiFunction<Component, Selection.Field, Val> components) {
    return writing.within(record, () -> {
      ObjectNode object = JsonNodeFactory.instance.objectNode();
      Found lost = null;
      for (Selection.Field field : writing.selected(record, selection)) {
        if (field.name().equals(Selection.TYPE_NAME)) {
          object.set(field.key(), TextNode.valueOf(record.name()));
          continue;
        }
        Component component = record.field(field.name());
        if (component == null) {
          throw new IllegalStateException(record.name() + " has no field " + field.name());
        }
        Found found = writing.at(field.key(), () -> {
          Found value = components.apply(component, field).write(field.selection(), writing);
          return value.isThere() ? value : orNull(writing.climb(value, component.nullable()));
        });
        if (found instanceof Found.There there) {
          object.set(field.key(), there.json());
        } else if (lost == null) {
          lost = found;
        }
      }
      return lost == null ? new Found.There(object) : lost;
    });
  }
}

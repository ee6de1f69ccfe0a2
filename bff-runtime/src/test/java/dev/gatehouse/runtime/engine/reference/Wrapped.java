package dev.gatehouse.runtime.engine.reference;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.gatehouse.dsl.contract.DataType;
import dev.gatehouse.dsl.contract.DataType.Component;
import dev.gatehouse.dsl.contract.DataType.ListType;
import dev.gatehouse.dsl.contract.DataType.RecordType;
import dev.gatehouse.runtime.plan.Selection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Values that stand for another one, whatever becomes of that. */
final class Wrapped {

  private Wrapped() {}

  /** Absent where it failed. */
  static final class OrNull extends Val {
    private final Val main;

    OrNull(Val main) {
      this.main = main;
    }

    @Override
    DataType type() {
      return main.type();
    }

    @Override
    Found write(@Nullable Selection selection, Writing writing) {
      Found found = main.write(selection, writing);
      return found instanceof Found.Failed ? Found.ABSENT : found;
    }

    @Override
    Val get(Component component) {
      return new OrNull(main.get(component));
    }

    @Override
    Elements elements() {
      Elements elements = main.elements();
      return elements.why() instanceof Found.Failed ? elements.instead(Found.ABSENT) : elements;
    }
  }

  /** A constant where it is absent or failed. */
  static final class OrElse extends Val {
    private final Val main;
    private final @Nullable JsonNode alternative;

    /**
     * @param alternative null where the constant has no such part
     */
    OrElse(Val main, @Nullable JsonNode alternative) {
      this.main = main;
      this.alternative = alternative;
    }

    @Override
    DataType type() {
      return main.type();
    }

    private Val otherwise() {
      return ReadVal.fixed(type(), alternative);
    }

    @Override
    Found write(@Nullable Selection selection, Writing writing) {
      Found found = main.write(selection, writing);
      return found.isThere() ? found : otherwise().write(selection, writing);
    }

    @Override
    Val get(Component component) {
      JsonNode part = alternative == null ? null : alternative.get(component.name());
      return new OrElse(main.get(component), part);
    }

    @Override
    Elements elements() {
      if (alternative == null || !alternative.isArray() || !alternative.isEmpty()) {
        return strict().elements();
      }
      Elements elements = main.elements();
      return elements.why() != null ? elements.instead(null) : elements;
    }
  }

  /** Another value where it is absent or failed, so that the other was computed. */
  static final class Rescue extends Val {
    private final Val main;
    private final @Nullable Val alternative;

    /**
     * @param alternative null where there was no need for one
     */
    Rescue(Val main, @Nullable Val alternative) {
      this.main = main;
      this.alternative = alternative;
    }

    @Override
    DataType type() {
      return main.type();
    }

    @Override
    Found write(@Nullable Selection selection, Writing writing) {
      Found found = main.write(selection, writing);
      Found second = alternative == null ? found : alternative.write(selection, writing);
      return found.isThere() ? found : second;
    }

    @Override
    Val get(Component component) {
      return new Rescue(
          main.get(component), alternative == null ? null : alternative.get(component));
    }
  }

  /** A value that exists under a condition, where that holds. */
  static final class Conditional extends Val {
    private final Val body;

    Conditional(Val body) {
      this.body = body;
    }

    @Override
    DataType type() {
      return body.type();
    }

    @Override
    Found write(@Nullable Selection selection, Writing writing) {
      return body.write(selection, writing);
    }

    @Override
    Val get(Component component) {
      return new Conditional(body.get(component));
    }
  }

  /** A value or the class of its failure. */
  static final class Told extends Val {
    private final RecordType type;
    private final Val main;

    Told(RecordType type, Val main) {
      this.type = type;
      this.main = main;
    }

    @Override
    DataType type() {
      return type;
    }

    @Override
    Val get(Component component) {
      return component.javaName().equals("value")
          ? new OrNull(main)
          : new FailureOf(component.type(), main);
    }

    @Override
    Found write(@Nullable Selection selection, Writing writing) {
      ObjectNode object = JsonNodeFactory.instance.objectNode();
      for (Selection.Field field : writing.selected(type, selection)) {
        if (field.name().equals(Selection.TYPE_NAME)) {
          object.put(field.key(), type.name());
          continue;
        }
        Component component = type.field(field.name());
        if (component == null) {
          throw new IllegalStateException("an outcome has no " + field.name());
        }
        Found found =
            writing.at(field.key(), () -> get(component).write(field.selection(), writing));
        object.set(field.key(), found instanceof Found.There there ? there.json() : null);
      }
      return new Found.There(object);
    }
  }

  /** The class of a value's failure. */
  static final class FailureOf extends Val {
    private final DataType type;
    private final Val main;

    FailureOf(DataType type, Val main) {
      this.type = type;
      this.main = main;
    }

    @Override
    DataType type() {
      return type;
    }

    @Override
    Val get(Component component) {
      throw new IllegalStateException("a text has no components");
    }

    @Override
    Found write(@Nullable Selection selection, Writing writing) {
      return main.whole() instanceof Found.Failed failed
          ? new Found.There(TextNode.valueOf(failed.why().label()))
          : Found.ABSENT;
    }
  }

  /** One value per row of a list. */
  static final class Each extends Val {
    private final ListType type;
    private final Elements elements;
    private final Val none;
    private final int atMost;

    /**
     * @param none what stands for rows that there are not
     */
    Each(ListType type, Elements elements, Val none, int atMost) {
      this.type = type;
      this.elements = elements;
      this.none = none;
      this.atMost = atMost;
    }

    Val none() {
      return none;
    }

    /** The most rows there can be. */
    int atMost() {
      return atMost;
    }

    @Override
    DataType type() {
      return type;
    }

    /** The rows themselves, which count one by one; others see a list that is there as a whole or not. */
    Elements rows() {
      return elements;
    }

    @Override
    Val get(Component component) {
      throw new IllegalStateException("a list has no components");
    }

    @Override
    Found write(@Nullable Selection selection, Writing writing) {
      none.write(selection, writing.nowhere());
      return elements.write(type, selection, writing);
    }
  }

  /** The first so many elements. */
  static final class Limit extends Val {
    private final Val list;
    private final Val count;

    Limit(Val list, Val count) {
      this.list = list;
      this.count = count;
    }

    @Override
    DataType type() {
      return list.type();
    }

    @Override
    Val get(Component component) {
      throw new IllegalStateException("a list has no components");
    }

    @Override
    Elements elements() {
      Elements elements = list.elements();
      Found limit = count.whole();
      if (elements.why() != null || limit instanceof Found.Absent) {
        return elements;
      }
      if (!(limit instanceof Found.There there)) {
        return elements.instead(limit);
      }
      int most = Math.max(0, Math.min(there.json().asInt(), elements.all().size()));
      return new Elements(List.copyOf(elements.all().subList(0, most)), null, elements.replaced());
    }

    @Override
    Found write(@Nullable Selection selection, Writing writing) {
      return elements().write((ListType) type(), selection, writing);
    }
  }
}

package dev.gatehouse.runtime.engine.reference;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import dev.gatehouse.dsl.contract.DataType;
import dev.gatehouse.dsl.contract.DataType.Component;
import dev.gatehouse.dsl.contract.DataType.ListType;
import dev.gatehouse.runtime.plan.Selection;
import dev.gatehouse.runtime.upstream.FailureClass;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One value of one row. Its parts fail when they are asked for, so that what nobody asks for cannot fail. */
abstract class Val {
  abstract DataType type();

  /** The selected part of it as JSON, or why there is none. */
  abstract Found write(@Nullable Selection selection, Writing writing);

  abstract Val get(Component component);

  /** All of it as JSON, in another place than the answer. */
  final Found whole() {
    return write(null, Writing.elsewhere());
  }

  /** As whole JSON, read again: what counts then is whether all of it is there. */
  final Val strict() {
    Found found = whole();
    return found instanceof Found.There there
        ? new ReadVal(type(), there.json(), true)
        : new State(type(), found);
  }

  /** Whether there is one, for those that ask nothing more. */
  Found presence() {
    return whole();
  }

  /** The elements of a list. */
  Elements elements() {
    return strict().elements();
  }

  /**
   * The elements of a list, or why there is none.
   *
   * @param why null where there is one
   * @param replaced failures in whose place the list stands
   */
  record Elements(List<Val> all, @Nullable Found why, List<FailureClass> replaced) {
    static Elements of(List<Val> all) {
      return new Elements(all, null, List.of());
    }

    static Elements missing(Found why) {
      return new Elements(List.of(), why, List.of());
    }

    Elements instead(@Nullable Found otherwise) {
      List<FailureClass> more = new ArrayList<>(replaced);
      if (why instanceof Found.Failed failed) {
        more.add(failed.why());
      }
      return new Elements(List.of(), otherwise, more);
    }

    Found write(ListType type, @Nullable Selection selection, Writing writing) {
      replaced.forEach(writing::note);
      if (why != null) {
        return writing.note(why);
      }
      ArrayNode array = JsonNodeFactory.instance.arrayNode();
      Found lost = null;
      for (int i = 0; i < all.size(); i++) {
        Val element = all.get(i);
        Found found = writing.at(i, () -> {
          Found each = element.write(selection, writing);
          return each.isThere() ? each : orNull(writing.climb(each, type.elementNullable()));
        });
        if (found instanceof Found.There there) {
          array.add(there.json());
        } else if (lost == null) {
          lost = found;
        }
      }
      return lost == null ? new Found.There(array) : lost;
    }
  }

  static Found orNull(@Nullable Found climbed) {
    return climbed == null ? new Found.There(NullNode.instance) : climbed;
  }

  /** What is not there, and then none of its parts is. */
  static final class State extends Val {
    private final DataType type;
    private final Found found;

    State(DataType type, Found found) {
      this.type = type;
      this.found = found;
    }

    @Override
    DataType type() {
      return type;
    }

    @Override
    Found write(@Nullable Selection selection, Writing writing) {
      return writing.note(found);
    }

    @Override
    Val get(Component component) {
      return new State(component.type(), found);
    }

    @Override
    Elements elements() {
      return Elements.missing(found);
    }
  }
}

package dev.gatehouse.dsl.graph;

import dev.gatehouse.dsl.contract.DataType;
import dev.gatehouse.dsl.contract.DataType.Component;
import dev.gatehouse.dsl.contract.DataType.ListType;
import dev.gatehouse.dsl.contract.DataType.RecordType;
import dev.gatehouse.dsl.contract.DataType.UnionType;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One value of a graph: what it is computed from, in which scope, of which type. Immutable. Nodes have identity: the DSL makes
 * equal computations of one scope the same node, so two nodes are equal only when they are the same object.
 */
public sealed interface Node {

  /** What all nodes have. */
  Head head();

  default int id() {
    return head().id();
  }

  default Scope scope() {
    return head().scope();
  }

  default DataType type() {
    return head().type();
  }

  default Place place() {
    return head().place();
  }

  /**
   * @param id unique in its graph; a node's operands have smaller ids
   * @param scope where the value lives
   * @param type what the value is when present
   * @param place where it was written
   */
  record Head(int id, Scope scope, DataType type, Place place) {}

  /** The composite's input; in the root scope. */
  final class InputNode extends Base {
    public InputNode(Head head) {
      super(head);
    }
  }

  /** A fact about who is asking. */
  final class CallerNode extends Base {
    private final CallerFact fact;
    private final @Nullable String claim;

    public CallerNode(Head head, CallerFact fact, @Nullable String claim) {
      super(head);
      this.fact = fact;
      this.claim = claim;
    }

    public CallerFact fact() {
      return fact;
    }

    /** The claim's name, for {@link CallerFact#CLAIM} only. */
    public @Nullable String claim() {
      return claim;
    }
  }

  /** What a {@link CallerNode} asks for. */
  enum CallerFact {
    SUBJECT,
    LOCALE,
    CLAIM
  }

  /** A value fixed at definition. */
  final class ConstantNode extends Base {
    private final Json json;

    public ConstantNode(Head head, Json json) {
      super(head);
      this.json = json;
    }

    public Json json() {
      return json;
    }
  }

  /** An argument of a single field, bound by each request that selects the field. In the scope of the object it belongs to. */
  final class ArgumentNode extends Base {
    private final ArgumentSpec spec;

    public ArgumentNode(Head head, ArgumentSpec spec) {
      super(head);
      this.spec = spec;
    }

    public ArgumentSpec spec() {
      return spec;
    }
  }

  /** One component of a record value. */
  final class FieldNode extends Base {
    private final Node of;
    private final Component component;

    public FieldNode(Head head, Node of, Component component) {
      super(head);
      this.of = of;
      this.component = component;
    }

    public Node of() {
      return of;
    }

    public Component component() {
      return component;
    }
  }

  /** The element of the row, in a scope of kind {@code EACH}; the value narrowed to its case, in one of kind {@code CASE}. */
  final class ElementNode extends Base {
    public ElementNode(Head head) {
      super(head);
    }
  }

  /** The first so many elements of a list. */
  final class LimitNode extends Base {
    private final Node list;
    private final Node count;

    public LimitNode(Head head, Node list, Node count) {
      super(head);
      this.list = list;
      this.count = count;
    }

    public Node list() {
      return list;
    }

    /** An integer; absent means all. */
    public Node count() {
      return count;
    }
  }

  /** The list of one value per row of a child scope, in the order of the rows. Its type is a {@link ListType}. */
  final class EachNode extends Base {
    private final Scope rows;
    private final Node body;

    public EachNode(Head head, Scope rows, Node body) {
      super(head);
      this.rows = rows;
      this.body = body;
    }

    /** A scope of kind {@code EACH}, child of this node's scope. */
    public Scope rows() {
      return rows;
    }

    public Node body() {
      return body;
    }
  }

  /** One typed call of an operation. */
  final class CallNode extends Base {
    private final OperationSpec operation;
    private final @Nullable Node input;
    private final @Nullable Duration timeout;
    private final List<DeadlineGroup> groups;
    private final @Nullable Compensation compensation;

    public CallNode(
        Head head,
        OperationSpec operation,
        @Nullable Node input,
        @Nullable Duration timeout,
        List<DeadlineGroup> groups,
        @Nullable Compensation compensation) {
      super(head);
      this.operation = operation;
      this.input = input;
      this.timeout = timeout;
      this.groups = List.copyOf(groups);
      this.compensation = compensation;
    }

    public OperationSpec operation() {
      return operation;
    }

    /** Null where the operation takes none. */
    public @Nullable Node input() {
      return input;
    }

    /** This call's own limit, set with {@code within} on the call; null where only the operation's applies. */
    public @Nullable Duration timeout() {
      return timeout;
    }

    /** The composites called inside this one, with deadlines of their own, that this call is part of. */
    public List<DeadlineGroup> groups() {
      return groups;
    }

    /** What undoes this call; null where nothing does. */
    public @Nullable Compensation compensation() {
      return compensation;
    }
  }

  /**
   * The call that undoes another one, bound when the other is written.
   *
   * @param operation what to call
   * @param input its input, from a component of the undone call's input, of its answer, or a whole of either
   */
  record Compensation(OperationSpec operation, CompensationInput input) {}

  /**
   * Where a compensation's input comes from.
   *
   * @param fromAnswer whether it comes from the undone call's answer, else from its input
   * @param component the component of it; null for the whole
   */
  record CompensationInput(boolean fromAnswer, @Nullable Component component) {}

  /** A deadline shared by the calls of an inner composite; it starts with the first of them. Identity matters. */
  final class DeadlineGroup {
    private final String name;
    private final Duration limit;

    public DeadlineGroup(String name, Duration limit) {
      this.name = name;
      this.limit = limit;
    }

    public String name() {
      return name;
    }

    public Duration limit() {
      return limit;
    }
  }

  /** An object put together from other values. Its type is a {@link RecordType}. */
  final class ObjectNode extends Base {
    private final List<Node> values;

    public ObjectNode(Head head, List<Node> values) {
      super(head);
      this.values = List.copyOf(values);
    }

    public RecordType record() {
      return (RecordType) type();
    }

    /** One value per component, in the record's order. */
    public List<Node> values() {
      return values;
    }
  }

  /** A pure Java function of one or more values, which are made into Java objects for it. */
  final class MapNode extends Base {
    private final List<Node> inputs;
    private final JavaFunction function;
    private final String description;

    public MapNode(Head head, List<Node> inputs, JavaFunction function, String description) {
      super(head);
      this.inputs = List.copyOf(inputs);
      this.function = function;
      this.description = description;
    }

    public List<Node> inputs() {
      return inputs;
    }

    public JavaFunction function() {
      return function;
    }

    /** What plans show for it. */
    public String description() {
      return description;
    }
  }

  /** A function over the Java objects of a {@link MapNode}'s inputs. Must be pure and quick; runs on the event loop. */
  @FunctionalInterface
  interface JavaFunction {
    /**
     * @param inputs one object per input, null where the value is absent and its type allows that
     * @return the result; null means absent
     */
    @Nullable Object apply(@Nullable Object[] inputs) throws Exception;
  }

  /** A value that exists only where a condition holds; absent elsewhere. */
  final class WhenNode extends Base {
    private final Scope rows;
    private final Node body;

    public WhenNode(Head head, Scope rows, Node body) {
      super(head);
      this.rows = rows;
      this.body = body;
    }

    /** A scope of kind {@code WHEN}, child of this node's scope. */
    public Scope rows() {
      return rows;
    }

    public Node body() {
      return body;
    }
  }

  /** A constant instead of a value that is absent or failed. */
  final class OrElseNode extends Base {
    private final Node main;
    private final Json alternative;

    public OrElseNode(Head head, Node main, Json alternative) {
      super(head);
      this.main = main;
      this.alternative = alternative;
    }

    public Node main() {
      return main;
    }

    public Json alternative() {
      return alternative;
    }
  }

  /** Another value, computed only where needed, instead of one that is absent or failed. */
  final class RescueNode extends Base {
    private final Node main;
    private final Scope rows;
    private final Node body;

    public RescueNode(Head head, Node main, Scope rows, Node body) {
      super(head);
      this.main = main;
      this.rows = rows;
      this.body = body;
    }

    public Node main() {
      return main;
    }

    /** A scope of kind {@code RESCUE} over {@link #main()}. */
    public Scope rows() {
      return rows;
    }

    public Node body() {
      return body;
    }
  }

  /** The value, or absence where it failed: a loss that is allowed, and reported. */
  final class OrNullNode extends Base {
    private final Node main;

    public OrNullNode(Head head, Node main) {
      super(head);
      this.main = main;
    }

    public Node main() {
      return main;
    }
  }

  /** The value or the class of its failure, as an object; never fails. Its type is that of {@code Outcome<T>}. */
  final class OutcomeNode extends Base {
    private final Node main;

    public OutcomeNode(Head head, Node main) {
      super(head);
      this.main = main;
    }

    public Node main() {
      return main;
    }
  }

  /** A union made from another union, case by case. Its type is a {@link UnionType}. */
  final class OneOfNode extends Base {
    private final Node of;
    private final List<Branch> branches;

    public OneOfNode(Head head, Node of, List<Branch> branches) {
      super(head);
      this.of = of;
      this.branches = List.copyOf(branches);
    }

    public Node of() {
      return of;
    }

    public List<Branch> branches() {
      return branches;
    }
  }

  /**
   * One case of a {@link OneOfNode}.
   *
   * @param rows a scope of kind {@code CASE}
   * @param body what the case becomes: a record of the resulting union
   * @param tag the resulting union's tag
   */
  record Branch(Scope rows, Node body, String tag) {}

  /** Carries the {@link Head}. */
  abstract sealed class Base implements Node
      permits InputNode,
          CallerNode,
          ConstantNode,
          ArgumentNode,
          FieldNode,
          ElementNode,
          LimitNode,
          EachNode,
          CallNode,
          ObjectNode,
          MapNode,
          WhenNode,
          OrElseNode,
          RescueNode,
          OrNullNode,
          OutcomeNode,
          OneOfNode {
    private final Head head;

    Base(Head head) {
      this.head = head;
    }

    @Override
    public Head head() {
      return head;
    }

    @Override
    public String toString() {
      return getClass().getSimpleName() + "#" + id() + ":" + type().name();
    }
  }

  /**
   * An argument of a field.
   *
   * @param owner the record whose field takes it
   * @param field the field
   * @param name the argument's name
   * @param type a scalar or enum
   * @param byDefault used where the request gives none; null where absent is allowed
   * @param min the least value of a number, or length of a text; null where unlimited
   * @param max the greatest value of a number, or length of a text; null where unlimited
   * @param description for schemas; null where none is given
   */
  record ArgumentSpec(
      RecordType owner,
      Component field,
      String name,
      DataType type,
      @Nullable Json byDefault,
      @Nullable Long min,
      @Nullable Long max,
      @Nullable String description) {}
}

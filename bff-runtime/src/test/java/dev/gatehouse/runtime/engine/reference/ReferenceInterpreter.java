package dev.gatehouse.runtime.engine.reference;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gatehouse.dsl.Caller;
import dev.gatehouse.dsl.contract.DataType;
import dev.gatehouse.dsl.contract.DataType.Case;
import dev.gatehouse.dsl.contract.DataType.Component;
import dev.gatehouse.dsl.contract.DataType.ListType;
import dev.gatehouse.dsl.contract.DataType.RecordType;
import dev.gatehouse.dsl.contract.DataType.UnionType;
import dev.gatehouse.dsl.contract.JsonMapping;
import dev.gatehouse.dsl.graph.Graph;
import dev.gatehouse.dsl.graph.Node;
import dev.gatehouse.dsl.graph.Node.ArgumentNode;
import dev.gatehouse.dsl.graph.Node.ArgumentSpec;
import dev.gatehouse.dsl.graph.Node.CallNode;
import dev.gatehouse.dsl.graph.Node.CallerNode;
import dev.gatehouse.dsl.graph.Node.ConstantNode;
import dev.gatehouse.dsl.graph.Node.EachNode;
import dev.gatehouse.dsl.graph.Node.ElementNode;
import dev.gatehouse.dsl.graph.Node.FieldNode;
import dev.gatehouse.dsl.graph.Node.InputNode;
import dev.gatehouse.dsl.graph.Node.LimitNode;
import dev.gatehouse.dsl.graph.Node.MapNode;
import dev.gatehouse.dsl.graph.Node.ObjectNode;
import dev.gatehouse.dsl.graph.Node.OneOfNode;
import dev.gatehouse.dsl.graph.Node.OrElseNode;
import dev.gatehouse.dsl.graph.Node.OrNullNode;
import dev.gatehouse.dsl.graph.Node.OutcomeNode;
import dev.gatehouse.dsl.graph.Node.RescueNode;
import dev.gatehouse.dsl.graph.Node.WhenNode;
import dev.gatehouse.dsl.graph.Scope;
import dev.gatehouse.runtime.plan.Selection;
import dev.gatehouse.runtime.upstream.FailureClass;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a graph means, computed in the most naive way: row by row, call by call, on trees. Knows no plan, no batch and no column.
 */
public final class ReferenceInterpreter {
  private final Graph graph;
  private final Callable services;
  private final Requested requested;
  private final Writing writing = Writing.answer();

  /** What a request brings. */
  public record Requested(
      @Nullable JsonNode input, List<@Nullable JsonNode> arguments, Caller caller) {}

  /** Answers calls. */
  @FunctionalInterface
  public interface Callable {

    /** What a call with these inputs gives: the JSON at the place that is typed, absence, or the failure. */
    Found call(Call call);
  }

  /** One row of a scope, or what stands for those that a scope does not have: there, nothing is called. */
  private static final class Frame {
    private final Scope scope;
    private final @Nullable Frame parent;
    private final @Nullable Val element;
    private final boolean isRow;
    private final Map<Object, Val> known = new HashMap<>();

    Frame(Scope scope, @Nullable Frame parent, @Nullable Val element, boolean isRow) {
      this.scope = scope;
      this.parent = parent;
      this.element = element;
      this.isRow = isRow && (parent == null || parent.isRow);
    }

    Frame row(Scope inner, @Nullable Val innerElement) {
      return new Frame(inner, this, innerElement, true);
    }

    Frame noRow(Scope inner, @Nullable Val innerElement) {
      return new Frame(inner, this, innerElement, false);
    }

    Frame of(Scope wanted) {
      Frame frame = this;
      while (frame != null && frame.scope != wanted) {
        frame = frame.parent;
      }
      if (frame == null) {
        throw new IllegalStateException(wanted + " does not enclose " + scope);
      }
      return frame;
    }
  }

  private record Known(Node node, Map<ArgumentNode, Integer> slots) {}

  public ReferenceInterpreter(Graph graph, Requested requested, Callable services) {
    this.graph = graph;
    this.requested = requested;
    this.services = services;
  }

  /** Computes the selected part. */
  public Found run(@Nullable Selection selection) {
    Frame root = new Frame(graph.scopes().get(0), null, null, true);
    return eval(graph.result(), root, Map.of()).write(selection, writing);
  }

  /** Everything that failed on the way to the answer. */
  public List<Writing.Failure> failures() {
    return writing.failures();
  }

  private Val eval(Node node, Frame from, Map<ArgumentNode, Integer> slots) {
    Frame frame = from.of(node.scope());
    Known key = new Known(node, slots);
    Val known = frame.known.get(key);
    if (known == null) {
      known = make(node, frame, slots);
      frame.known.put(key, known);
    }
    return known;
  }

  private Val make(Node node, Frame frame, Map<ArgumentNode, Integer> slots) {
    if (node instanceof InputNode) {
      return new ReadVal(node.type(), requested.input(), true);
    }
    if (node instanceof ConstantNode constant) {
      return ReadVal.fixed(node.type(), Trees.parse(constant.json().bytes()));
    }
    if (node instanceof CallerNode caller) {
      return new ReadVal(node.type(), fact(caller), true);
    }
    if (node instanceof ArgumentNode argument) {
      return new ReadVal(node.type(), argument(argument, slots), true);
    }
    if (node instanceof FieldNode field) {
      return eval(field.of(), frame, slots).get(field.component());
    }
    if (node instanceof ElementNode) {
      if (frame.element == null) {
        throw new IllegalStateException(frame.scope + " has no element");
      }
      return frame.element;
    }
    if (node instanceof CallNode call) {
      Val input = call.input() == null ? null : eval(call.input(), frame, slots);
      return call(call, input, frame.isRow);
    }
    if (node instanceof ObjectNode object) {
      return object(object, frame, slots);
    }
    if (node instanceof MapNode map) {
      return map(
          map, map.inputs().stream().map(input -> eval(input, frame, slots)).toList());
    }
    if (node instanceof EachNode each) {
      return each(each, frame, slots);
    }
    if (node instanceof LimitNode limit) {
      return new Wrapped.Limit(eval(limit.list(), frame, slots), eval(limit.count(), frame, slots));
    }
    if (node instanceof WhenNode when) {
      return when(when, frame, slots);
    }
    if (node instanceof OrNullNode orNull) {
      return new Wrapped.OrNull(eval(orNull.main(), frame, slots));
    }
    if (node instanceof OrElseNode orElse) {
      return new Wrapped.OrElse(
          eval(orElse.main(), frame, slots), Trees.parse(orElse.alternative().bytes()));
    }
    if (node instanceof OutcomeNode outcome) {
      return new Wrapped.Told((RecordType) node.type(), eval(outcome.main(), frame, slots));
    }
    if (node instanceof RescueNode rescue) {
      Val main = eval(rescue.main(), frame, slots);
      Found found = main instanceof ObjectVal ? main.whole() : main.presence();
      return found.isThere()
          ? Planned.of(
              new Wrapped.Rescue(main, null),
              List.of(eval(rescue.body(), frame.noRow(rescue.rows(), null), slots)))
          : new Wrapped.Rescue(main, eval(rescue.body(), frame.row(rescue.rows(), null), slots));
    }
    return oneOf((OneOfNode) node, frame, slots);
  }

  private @Nullable JsonNode fact(CallerNode node) {
    Caller caller = requested.caller();
    return switch (node.fact()) {
      case SUBJECT -> Trees.of(caller.subject());
      case LOCALE ->
        caller.locale().toLanguageTag().equals("und")
            ? null
            : Trees.of(caller.locale().toLanguageTag());
      case CLAIM -> Trees.of(caller.claims().get(node.claim()));
    };
  }

  private @Nullable JsonNode argument(ArgumentNode node, Map<ArgumentNode, Integer> slots) {
    ArgumentSpec spec = node.spec();
    int slot = slots.getOrDefault(node, -1);
    JsonNode given = slot < 0 ? null : requested.arguments().get(slot);
    return given == null && spec.byDefault() != null
        ? Trees.parse(spec.byDefault().bytes())
        : given;
  }

  private Val call(CallNode node, @Nullable Val input, boolean isRow) {
    Call call = Call.of(node.operation(), input);
    Found missing = isRow ? call.missing() : Found.ABSENT;
    Found found = missing == null ? services.call(call) : missing;
    DataType type = node.operation().answer();
    return found instanceof Found.There there
        ? new ReadVal(
            type,
            there.json(),
            false,
            node.operation().answersList() ? node.operation().listAtMost() : Integer.MAX_VALUE)
        : new Val.State(type, found);
  }

  private Val object(ObjectNode node, Frame frame, Map<ArgumentNode, Integer> slots) {
    return new ObjectVal(node.record(), (component, field) -> {
      Map<ArgumentNode, Integer> bound =
          field == null ? slots : bind(node, component, field, slots);
      int i = node.record().components().indexOf(component);
      return eval(node.values().get(i), frame, bound);
    });
  }

  private Map<ArgumentNode, Integer> bind(
      ObjectNode node,
      Component component,
      Selection.Field field,
      Map<ArgumentNode, Integer> slots) {
    Map<ArgumentNode, Integer> bound = new HashMap<>(slots);
    Set<ArgumentNode> outside = new HashSet<>();
    Needs.collect(node.scope().over(), outside);
    Set<ArgumentNode> needed = new HashSet<>();
    Needs.collect(node.values().get(node.record().components().indexOf(component)), needed);
    for (ArgumentNode argument : needed) {
      ArgumentSpec spec = argument.spec();
      if (!outside.contains(argument)
          && spec.owner().equals(node.record())
          && spec.field().equals(component)) {
        bound.put(argument, -1);
        for (Selection.Argument given : field.arguments()) {
          if (given.name().equals(spec.name())) {
            bound.put(argument, given.slot());
          }
        }
      }
    }
    return bound;
  }

  private Val map(MapNode node, List<Val> inputs) {
    Object[] objects = new Object[inputs.size()];
    Found missing = null;
    try {
      for (int i = 0; i < objects.length; i++) {
        Found found = inputs.get(i).whole();
        if (found instanceof Found.There there) {
          objects[i] = JsonMapping.reader(node.inputs().get(i).type().javaType())
              .readValue(Trees.text(there.json()));
        } else if (missing == null) {
          missing = found;
        }
      }
      if (missing != null) {
        return new Val.State(node.type(), missing);
      }
      Object result = node.function().apply(objects);
      return result == null
          ? new Val.State(node.type(), Found.ABSENT)
          : new ReadVal(
              node.type(),
              Trees.parse(JsonMapping.writer(node.type().javaType()).writeValueAsBytes(result)),
              true);
    } catch (Exception e) {
      return new Val.State(
          node.type(), missing == null ? new Found.Failed(FailureClass.INTERNAL) : missing);
    }
  }

  private Val each(EachNode node, Frame frame, Map<ArgumentNode, Integer> slots) {
    Scope rows = node.rows();
    Node over = over(rows);
    Val list = eval(over, frame, slots);
    // The elements of what each made in the same scope count one by one; any other list is there as
    // a whole or not.
    boolean sameRows = over.scope() == frame.scope;
    Val.Elements elements =
        sameRows && list instanceof Wrapped.Each rowsOf && rowsOf.atMost() <= rows.atMost()
            ? rowsOf.rows()
            : list.elements();
    if (elements.all().size() > rows.atMost()) {
      elements = elements.instead(Found.nonsense());
    }
    List<Val> made = new ArrayList<>();
    for (Val element : elements.all()) {
      made.add(eval(node.body(), frame.row(rows, element), slots));
    }
    Val none = list instanceof Wrapped.Each rowsOf
        ? rowsOf.none()
        : new Val.State(((ListType) list.type()).element(), Found.ABSENT);
    return new Wrapped.Each(
        (ListType) node.type(),
        new Val.Elements(made, elements.why(), elements.replaced()),
        eval(node.body(), frame.noRow(rows, none), slots),
        rows.atMost());
  }

  private Val when(WhenNode node, Frame frame, Map<ArgumentNode, Integer> slots) {
    Found condition = eval(over(node.rows()), frame, slots).whole();
    if (condition instanceof Found.There there && there.json().asBoolean()) {
      return new Wrapped.Conditional(eval(node.body(), frame.row(node.rows(), null), slots));
    }
    return Planned.of(
        new Val.State(node.type(), condition.isThere() ? Found.ABSENT : condition),
        List.of(eval(node.body(), frame.noRow(node.rows(), null), slots)));
  }

  private Val oneOf(OneOfNode node, Frame frame, Map<ArgumentNode, Integer> slots) {
    Val of = eval(node.of(), frame, slots);
    Val union = of instanceof ReadVal || of instanceof Val.State ? of : of.strict();
    Found found = union.presence();
    ReadVal read = found.isThere() ? (ReadVal) union : null;
    Case one = read == null ? null : read.caseOf();
    Val chosen = new Val.State(node.type(), found);
    List<Val> others = new ArrayList<>();
    for (Node.Branch branch : node.branches()) {
      if (read != null && one != null && one.tag().equals(branch.rows().tag())) {
        Val body = eval(branch.body(), frame.row(branch.rows(), read.narrowed()), slots);
        chosen = new OneOfVal((UnionType) node.type(), body);
      } else {
        Val none = new Val.State(caseOf((UnionType) of.type(), branch), Found.ABSENT);
        Val body = eval(branch.body(), frame.noRow(branch.rows(), none), slots);
        others.add(new OneOfVal((UnionType) node.type(), body));
      }
    }
    return Planned.of(chosen, others);
  }

  private static DataType caseOf(UnionType union, Node.Branch branch) {
    return union.cases().stream()
        .filter(each -> each.tag().equals(branch.rows().tag()))
        .map(Case::type)
        .findFirst()
        .orElseThrow();
  }

  private static Node over(Scope scope) {
    Node over = scope.over();
    if (over == null) {
      throw new IllegalStateException(scope + " hangs on no value");
    }
    return over;
  }
}

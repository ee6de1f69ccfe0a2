package dev.gatehouse.dsl;

import dev.gatehouse.dsl.OperationDraft.Declared;
import dev.gatehouse.dsl.contract.Contracts;
import dev.gatehouse.dsl.contract.DataType;
import dev.gatehouse.dsl.contract.DataType.AnyType;
import dev.gatehouse.dsl.contract.Nothing;
import dev.gatehouse.dsl.finding.CallFinding.BatchKey;
import dev.gatehouse.dsl.finding.Finding;
import dev.gatehouse.dsl.graph.OperationSpec.Batch;
import dev.gatehouse.dsl.graph.OperationSpec.BodyBinding;
import dev.gatehouse.dsl.graph.OperationSpec.Safety;
import java.lang.reflect.Type;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * An operation of a service on its way to being declared. Immutable: each verb answers a new one. What is wrong is reported by the
 * composites that call the operation.
 */
public final class OperationBuilder {
  private final OperationDraft draft;

  private OperationBuilder(OperationDraft draft) {
    this.draft = draft;
  }

  static OperationBuilder of(
      String service, String method, String uri, Safety safety, boolean body) {
    return new OperationBuilder(new OperationDraft(
        service,
        method,
        uri,
        safety,
        body ? new BodyBinding.Rest() : new BodyBinding.None(),
        Places.here()));
  }

  private OperationBuilder with(Consumer<OperationDraft> change) {
    OperationDraft changed = draft.copy();
    change.accept(changed);
    return new OperationBuilder(changed);
  }

  /** What plans, metrics and errors call it; the method and the template by default. */
  public OperationBuilder named(String name) {
    return with(changed -> changed.name = name);
  }

  /** Says that it changes nothing, whatever its method. */
  public OperationBuilder safe() {
    return with(changed -> changed.safety = Safety.SAFE);
  }

  /** Says that calling it twice has the effect of calling it once. */
  public OperationBuilder idempotent() {
    return with(changed -> changed.safety = Safety.IDEMPOTENT);
  }

  /** Says that it changes something each time it is called. */
  public OperationBuilder unsafe() {
    return with(changed -> changed.safety = Safety.UNSAFE);
  }

  /**
   * A header sent with each call; not sent where a variable is absent.
   *
   * @param value text with variables in plain braces, such as {@code {region}}
   */
  public OperationBuilder header(String name, String value) {
    Map<String, String> headers = new LinkedHashMap<>(draft.headers);
    headers.put(name, value);
    return with(changed -> changed.headers = headers);
  }

  /** Sends one component of the input as the body, instead of all that neither URI nor headers use. */
  public OperationBuilder bodyFrom(String component) {
    return with(changed -> changed.body = new BodyBinding.OneComponent(component));
  }

  /** Sends no body. */
  public OperationBuilder noBody() {
    return with(changed -> changed.body = new BodyBinding.None());
  }

  /** Limits the time of one call. */
  public OperationBuilder within(Duration timeout) {
    return with(changed -> changed.timeout = timeout);
  }

  /** Allows so many calls of it per request in a scope of many rows, although it has no batch form. */
  public OperationBuilder perItemUpTo(int calls) {
    return with(changed -> {
      changed.perItem = calls;
      changed.perItemSet = true;
    });
  }

  /**
   * Where in the answer the value is that is typed.
   *
   * @param members their names, outermost first
   */
  public OperationBuilder at(String... members) {
    List<String> path = List.of(members);
    return with(changed -> changed.answerAt = path);
  }

  /** Sends an {@code Idempotency-Key} with each call, so that the service can tell a repeated one. */
  public OperationBuilder withIdempotencyKey() {
    return with(changed -> changed.idempotencyKey = true);
  }

  /** Answers a value of this type. */
  public <I, O> Operation<I, O> returns(Class<O> type) {
    return single(type);
  }

  /** Answers a value of this generic type: {@code returnsType(new TypeRef<Page<Product>>() {})}. */
  public <I, O> Operation<I, O> returnsType(TypeRef<O> type) {
    return single(type.type());
  }

  private <I, O> Operation<I, O> single(Type type) {
    DeclaredTypes types = new DeclaredTypes(draft.operation(), draft.place);
    Declared declared = draft.declare(types.of(type), null, 0, types.findings());
    return new Operation<>(declared.spec(), declared.findings(), null);
  }

  /** Answers nothing: its body, if there is one, is not read. */
  public <I> Operation<I, Nothing> returnsNothing() {
    Declared declared = draft.declare(new AnyType(Nothing.class), null, 0, List.of());
    return new Operation<>(declared.spec(), declared.findings(), null);
  }

  /** Answers a list of values of this type; {@link ListBuilder#atMost} completes it. */
  public <E> ListBuilder<E> returnsList(Class<E> type) {
    return new ListBuilder<>(draft, type);
  }

  /**
   * Answers a list with one value for each of many inputs, in any order; {@link BatchBuilder#upTo} completes it.
   *
   * @param type what belongs to one input
   * @param key the components of it that say which: one that equals a scalar input, or those that equal the components of the same
   *     names of a record
   */
  @SafeVarargs
  public final <O> BatchBuilder<O> batchOf(Class<O> type, Accessor<O, ?>... key) {
    return new BatchBuilder<>(draft, type, List.of(key));
  }

  /**
   * An operation that answers a list, but for its bound.
   *
   * @param <E> the type of an element
   */
  public static final class ListBuilder<E> {
    private final OperationDraft draft;
    private final Class<E> element;

    private ListBuilder(OperationDraft draft, Class<E> element) {
      this.draft = draft;
      this.element = element;
    }

    /** The most elements that are accepted; a longer answer is a failed call. */
    public <I> ListOperation<I, E> atMost(int elements) {
      DeclaredTypes types = new DeclaredTypes(draft.operation(), draft.place);
      DataType answer = types.of(Contracts.parameterized(List.class, element));
      List<Finding> findings = new ArrayList<>(types.findings());
      if (elements < 1) {
        findings.add(draft.outOfRange("atMost", elements));
      }
      Declared declared = draft.declare(answer, null, Math.max(elements, 1), findings);
      return new ListOperation<>(declared.spec(), declared.findings(), null);
    }
  }

  /**
   * An operation with a batch form, but for its size.
   *
   * @param <O> what belongs to one input
   */
  public static final class BatchBuilder<O> {
    private final OperationDraft draft;
    private final Class<O> answer;
    private final List<Accessor<O, ?>> key;

    private BatchBuilder(OperationDraft draft, Class<O> answer, List<Accessor<O, ?>> key) {
      this.draft = draft;
      this.answer = answer;
      this.key = key;
    }

    /** The most inputs in one call; more are sent in several. */
    public <I> Operation<I, O> upTo(int inputs) {
      DeclaredTypes types = new DeclaredTypes(draft.operation(), draft.place);
      DataType type = types.of(answer);
      List<Finding> findings = new ArrayList<>(types.findings());
      if (inputs < 1) {
        findings.add(draft.outOfRange("upTo", inputs));
      }
      if (key.isEmpty()) {
        findings.add(new BatchKey(
            draft.place,
            draft.operation(),
            "its batch has no key",
            "the components that say which input an answer belongs to"));
      }
      Batch batch = new Batch(draft.key(type, key, findings), Math.max(inputs, 1));
      Declared declared = draft.declare(type, batch, 0, findings);
      return new Operation<>(declared.spec(), declared.findings(), null);
    }
  }
}

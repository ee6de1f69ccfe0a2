package dev.gatehouse.dsl;

import dev.gatehouse.dsl.OperationDraft.Declared;
import dev.gatehouse.dsl.contract.DataType;
import dev.gatehouse.dsl.contract.Nothing;
import dev.gatehouse.dsl.finding.CallFinding.OutOfRange;
import dev.gatehouse.dsl.finding.Finding;
import dev.gatehouse.dsl.graph.EventSpec;
import dev.gatehouse.dsl.graph.EventSpec.Protocol;
import dev.gatehouse.dsl.graph.EventSpec.ServiceOrigin;
import dev.gatehouse.dsl.graph.OperationSpec.BodyBinding;
import dev.gatehouse.dsl.graph.OperationSpec.HttpTarget;
import dev.gatehouse.dsl.graph.OperationSpec.Safety;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A service's source of events on its way to being declared. Immutable: each verb answers a new one.
 *
 * @param <I> what it is subscribed to with
 */
public final class EventBuilder<I> {
  private static final int MOST_RECONNECTS = 1000;

  private final OperationDraft draft;
  private final Protocol protocol;
  private final Type input;
  private final List<String> kinds;
  private final int reconnects;

  private EventBuilder(
      OperationDraft draft, Protocol protocol, Type input, List<String> kinds, int reconnects) {
    this.draft = draft;
    this.protocol = protocol;
    this.input = input;
    this.kinds = List.copyOf(kinds);
    this.reconnects = reconnects;
  }

  static EventBuilder<Nothing> of(String service, String uri, Protocol protocol) {
    return new EventBuilder<>(
        new OperationDraft(service, "GET", uri, Safety.SAFE, new BodyBinding.None(), Places.here()),
        protocol,
        Nothing.class,
        List.of(),
        0);
  }

  /** What meters, logs and messages call it; the method and the template by default. */
  public EventBuilder<I> named(String name) {
    OperationDraft changed = draft.copy();
    changed.name = name;
    return new EventBuilder<>(changed, protocol, input, kinds, reconnects);
  }

  /**
   * A header sent with the request that opens the stream; not sent where a variable is absent.
   *
   * @param value text with variables in plain braces, such as {@code {region}}
   */
  public EventBuilder<I> header(String name, String value) {
    OperationDraft changed = draft.copy();
    Map<String, String> headers = new LinkedHashMap<>(draft.headers);
    headers.put(name, value);
    changed.headers = headers;
    return new EventBuilder<>(changed, protocol, input, kinds, reconnects);
  }

  /** What it is subscribed to with, a scalar or a record: the variables of the URI and the headers are taken from it. */
  public <T> EventBuilder<T> taking(Class<T> type) {
    return new EventBuilder<>(draft, protocol, type, kinds, reconnects);
  }

  /**
   * Ignores the events of an event stream that are of another type than these; without this verb all count.
   *
   * @param types as in the field {@code event}; {@code message} for those without one
   */
  public EventBuilder<I> only(String... types) {
    return new EventBuilder<>(draft, protocol, input, List.of(types), reconnects);
  }

  /**
   * Opens the stream anew where it ends or breaks, after a pause that grows, telling the service the last event's id. Without this
   * verb its end is the end of the subscription.
   *
   * @param times in a row without an event between; 0 to 1000
   */
  public EventBuilder<I> reconnecting(int times) {
    return new EventBuilder<>(draft, protocol, input, kinds, times);
  }

  /** Events of this type. */
  public <E> EventSource<I, E> of(Class<E> event) {
    return declare(event);
  }

  /** Events of this generic type: {@code ofType(new TypeRef<Page<Product>>() {})}. */
  public <E> EventSource<I, E> ofType(TypeRef<E> event) {
    return declare(event.type());
  }

  private <E> EventSource<I, E> declare(Type event) {
    DeclaredTypes types = new DeclaredTypes(draft.operation(), draft.place);
    DataType taken = input == Nothing.class ? null : types.of(input);
    DataType given = types.of(event);
    List<Finding> findings = new ArrayList<>(types.findings());
    if (reconnects < 0 || reconnects > MOST_RECONNECTS) {
      findings.add(new OutOfRange(
          draft.place,
          draft.operation() + ": reconnecting",
          String.valueOf(reconnects),
          "0 to " + MOST_RECONNECTS));
    }
    Declared declared = draft.declare(given, null, 0, findings);
    List<Finding> all = new ArrayList<>(declared.findings());
    all.addAll(InputCheck.ofSource(declared.spec(), (HttpTarget) declared.spec().target(), taken));
    ServiceOrigin origin = new ServiceOrigin(
        declared.spec(), protocol, kinds, Math.min(Math.max(reconnects, 0), MOST_RECONNECTS));
    return new EventSource<>(
        new EventSpec(draft.operation(), origin, taken, given, draft.place), all);
  }
}

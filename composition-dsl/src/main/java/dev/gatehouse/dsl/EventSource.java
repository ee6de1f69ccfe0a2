package dev.gatehouse.dsl;

import dev.gatehouse.dsl.contract.DataType;
import dev.gatehouse.dsl.contract.Nothing;
import dev.gatehouse.dsl.finding.Finding;
import dev.gatehouse.dsl.graph.EventSpec;
import dev.gatehouse.dsl.graph.EventSpec.BusOrigin;
import dev.gatehouse.dsl.graph.EventSpec.JavaOrigin;
import dev.gatehouse.dsl.graph.EventSpec.Origin;
import dev.gatehouse.dsl.graph.EventSpec.Publishing;
import dev.gatehouse.dsl.graph.Place;
import dev.gatehouse.dsl.uri.UriTemplate;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Flow;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Where events come from: a service ({@link Service#events}, {@link Service#webSocket}), the event bus, or Java. A door that opens
 * one runs a composite for each event. Immutable; what is wrong with it is reported by the BFF that opens it.
 *
 * @param <I> what it is subscribed to with; {@link Nothing} where it takes nothing
 * @param <E> one event
 */
public final class EventSource<I, E> {
  private final EventSpec spec;
  private final List<Finding> findings;

  EventSource(EventSpec spec, List<Finding> findings) {
    this.spec = spec;
    this.findings = List.copyOf(findings);
  }

  /**
   * What is published at an address of the event bus.
   *
   * @param address with variables in plain braces, such as {@code prices.{id}}, which are taken from the input as they are; whoever
   *     may subscribe can reach every address that it can become
   */
  public static <I, E> EventSource<I, E> onBus(String address, Class<I> input, Class<E> event) {
    return bus(address, input, event);
  }

  /** What is published at an address of the event bus that is always the same. */
  public static <E> EventSource<Nothing, E> onBus(String address, Class<E> event) {
    return bus(address, Nothing.class, event);
  }

  /**
   * What a publisher in Java gives.
   *
   * @param name what meters and logs call it
   * @param publisher makes one for each subscriber, on the event loop, without blocking. It is never asked for more events than are
   *     wanted, and is cancelled when nobody listens any more
   */
  public static <I, E> EventSource<I, E> inJava(
      String name,
      Class<I> input,
      Class<E> event,
      Function<? super I, ? extends Flow.Publisher<? extends E>> publisher) {
    return java(name, input, event, given -> publisher.apply(JavaOperation.cast(given)));
  }

  /** What a publisher in Java gives that takes nothing; else as {@link #inJava(String, Class, Class, Function)}. */
  public static <E> EventSource<Nothing, E> inJava(
      String name, Class<E> event, Supplier<? extends Flow.Publisher<? extends E>> publisher) {
    return java(name, Nothing.class, event, nothing -> publisher.get());
  }

  private static <I, E> EventSource<I, E> bus(String address, Type input, Type event) {
    Place place = Places.here();
    String name = "event bus " + address;
    List<Finding> findings = new ArrayList<>();
    Names.OPERATION.check("an address of the event bus", address, place).ifPresent(findings::add);
    DeclaredTypes types = new DeclaredTypes(name, place);
    DataType taken = input == Nothing.class ? null : types.of(input);
    UriTemplate template = Addresses.check(name, address, taken, place, findings);
    return declared(name, new BusOrigin(template), taken, types.of(event), types, place, findings);
  }

  private static <I, E> EventSource<I, E> java(
      String name, Type input, Type event, Publishing code) {
    Place place = Places.here();
    List<Finding> findings = new ArrayList<>();
    Names.OPERATION.check("a source of events in Java", name, place).ifPresent(findings::add);
    DeclaredTypes types = new DeclaredTypes("java " + name, place);
    DataType taken = input == Nothing.class ? null : types.of(input);
    JavaOrigin origin = new JavaOrigin(taken == null ? null : input, code);
    return declared("java " + name, origin, taken, types.of(event), types, place, findings);
  }

  private static <I, E> EventSource<I, E> declared(
      String name,
      Origin origin,
      @Nullable DataType input,
      DataType event,
      DeclaredTypes types,
      Place place,
      List<Finding> findings) {
    findings.addAll(types.findings());
    return new EventSource<>(new EventSpec(name, origin, input, event, place), findings);
  }

  /** What it is, without its Java type parameters. */
  public EventSpec spec() {
    return spec;
  }

  /** What is wrong with its declaration. */
  public List<Finding> findings() {
    return findings;
  }

  @Override
  public String toString() {
    return "events of " + spec.name();
  }
}

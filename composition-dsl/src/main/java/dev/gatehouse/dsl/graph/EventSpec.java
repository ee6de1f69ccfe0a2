package dev.gatehouse.dsl.graph;

import dev.gatehouse.dsl.contract.DataType;
import dev.gatehouse.dsl.uri.UriTemplate;
import java.lang.reflect.Type;
import java.util.List;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/**
 * What a source of events is, without its Java type parameters. Immutable.
 *
 * @param name what meters and logs call it, such as {@code pricing GET /prices/{id}/changes}
 * @param origin where its events come from
 * @param input what it is subscribed to with; null where it takes nothing
 * @param event the type of one event
 * @param place where it was written
 */
public record EventSpec(
    String name, Origin origin, @Nullable DataType input, DataType event, Place place) {

  /** Where events come from. */
  public sealed interface Origin {}

  /** How a service sends events. */
  public enum Protocol {
    /** {@code text/event-stream} over HTTP. */
    EVENT_STREAM,
    /** Messages over a WebSocket. */
    WEB_SOCKET
  }

  /**
   * From a service.
   *
   * @param operation the request that opens the stream
   * @param kinds the events that count, by the type that an event stream gives them; empty for all
   * @param reconnects how often in a row the stream is opened anew where it ends or breaks; 0 for never
   */
  public record ServiceOrigin(
      OperationSpec operation, Protocol protocol, List<String> kinds, int reconnects)
      implements Origin {
    public ServiceOrigin {
      kinds = List.copyOf(kinds);
    }
  }

  /**
   * From an address of the event bus.
   *
   * @param address text with variables in plain braces
   */
  public record BusOrigin(UriTemplate address) implements Origin {}

  /**
   * From Java.
   *
   * @param input the Java type of the input; null where it takes none
   */
  public record JavaOrigin(@Nullable Type input, Publishing code) implements Origin {}

  /** Java code that makes a publisher of events. */
  @FunctionalInterface
  public interface Publishing {
    /** Makes one for one subscriber; must not block. */
    Flow.Publisher<?> publisher(@Nullable Object input) throws Exception;
  }
}

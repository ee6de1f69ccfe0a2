package dev.gatehouse.runtime.events;

import dev.gatehouse.dsl.graph.EventSpec;
import dev.gatehouse.dsl.graph.EventSpec.BusOrigin;
import dev.gatehouse.dsl.graph.EventSpec.JavaOrigin;
import dev.gatehouse.dsl.graph.EventSpec.ServiceOrigin;
import dev.gatehouse.runtime.upstream.UpstreamRequest.Header;
import dev.gatehouse.runtime.upstream.UpstreamStreams;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Subscribes to sources of events, for one BFF instance. Confined to its event loop. */
public final class EventSources {
  private final Vertx vertx;
  private final Context context;
  private final UpstreamStreams streams;

  /** Called on the event loop that events will be told on. */
  public EventSources(Vertx vertx, UpstreamStreams streams) {
    this.vertx = vertx;
    this.context = vertx.getOrCreateContext();
    this.streams = streams;
  }

  /**
   * Subscribes. Each subscription is one of its own: no connection is shared with another one.
   *
   * @param input the source's input as JSON that fits its type; null where it takes none
   * @param propagated headers to carry on to a service, such as {@code traceparent}
   */
  public EventSubscription subscribe(
      EventSpec spec, byte @Nullable [] input, List<Header> propagated, EventReader reader) {
    Feed feed;
    if (spec.origin() instanceof ServiceOrigin service) {
      feed = new ServiceFeed(
          vertx, streams, service, new Variables(spec.input(), input), propagated, reader);
    } else if (spec.origin() instanceof BusOrigin bus) {
      String address = new Variables(spec.input(), input).text(bus.address());
      feed = new BusFeed(vertx, context, spec, address == null ? "" : address, reader);
    } else {
      feed = new JavaFeed(context, spec, (JavaOrigin) spec.origin(), input, reader);
    }
    feed.start();
    return feed;
  }
}

package dev.gatehouse.runtime.events;

import dev.gatehouse.dsl.graph.EventSpec.Protocol;
import dev.gatehouse.dsl.graph.EventSpec.ServiceOrigin;
import dev.gatehouse.dsl.graph.OperationSpec.HeaderBinding;
import dev.gatehouse.dsl.graph.OperationSpec.HttpTarget;
import dev.gatehouse.runtime.upstream.FailureClass;
import dev.gatehouse.runtime.upstream.UpstreamException;
import dev.gatehouse.runtime.upstream.UpstreamRequest.Header;
import dev.gatehouse.runtime.upstream.UpstreamStream;
import dev.gatehouse.runtime.upstream.UpstreamStreams;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What a service sends. Where the source says so, a stream that ends or breaks is opened anew. */
final class ServiceFeed extends Feed implements UpstreamStream.Reader, EventStreamParser.Events {
  private static final CharSequence LAST_ID = "last-event-id";

  private final Vertx vertx;
  private final UpstreamStreams streams;
  private final ServiceOrigin origin;
  private final String uri;
  private final List<Header> headers;
  private final int maxEventBytes;
  private final Backoff backoff = new Backoff();
  private EventStreamParser parser;
  private @Nullable UpstreamStream stream;
  private long timer = -1;
  private boolean opened;
  private boolean openedOnce;

  ServiceFeed(
      Vertx vertx,
      UpstreamStreams streams,
      ServiceOrigin origin,
      Variables variables,
      List<Header> propagated,
      EventReader reader) {
    super(reader);
    this.vertx = vertx;
    this.streams = streams;
    this.origin = origin;
    this.maxEventBytes = streams.maxEventBytes(origin.operation().service());
    this.parser = new EventStreamParser(maxEventBytes, "", this);
    HttpTarget target = (HttpTarget) origin.operation().target();
    this.uri = target.uri().expand(variables::value);
    this.headers = new ArrayList<>(propagated);
    for (HeaderBinding binding : target.headers()) {
      String value = variables.header(binding.value());
      if (value != null) {
        headers.add(new Header(binding.name().toLowerCase(Locale.ROOT), value));
      }
    }
  }

  @Override
  void start() {
    List<Header> sent = headers;
    if (!parser.lastId().isEmpty()) {
      sent = new ArrayList<>(headers);
      sent.add(new Header(LAST_ID, parser.lastId()));
    }
    opened = false;
    UpstreamStream open = streams.open(origin, uri, sent, this);
    stream = open;
    if (isPaused()) {
      open.pause();
    }
  }

  @Override
  public void opened() {
    opened = true;
    openedOnce = true;
    parser = new EventStreamParser(maxEventBytes, parser.lastId(), this);
  }

  @Override
  public void received(Buffer data) {
    if (origin.protocol() == Protocol.WEB_SOCKET) {
      backoff.reset();
      give(data.getBytes());
      return;
    }
    try {
      parser.parse(data);
    } catch (EventStreamParser.TooLarge e) {
      end(new UpstreamException(
          FailureClass.NONSENSE, name() + ": " + e.getMessage() + " (max-response-bytes)"));
    }
  }

  @Override
  public void event(String kind, byte[] data) {
    backoff.reset();
    if (origin.kinds().isEmpty() || origin.kinds().contains(kind)) {
      give(data);
    }
  }

  @Override
  public void retry(long millis) {
    backoff.base(millis);
  }

  @Override
  public void ended(@Nullable UpstreamException failure) {
    stream = null;
    boolean nothingToSend = failure == null && !opened;
    if (nothingToSend || !openedOnce || !worthAnotherTry(failure)) {
      end(failure);
    } else {
      timer = vertx.setTimer(backoff.next(), again -> {
        timer = -1;
        start();
      });
    }
  }

  private boolean worthAnotherTry(@Nullable UpstreamException failure) {
    return backoff.attempts() < origin.reconnects()
        && (failure == null
            || switch (failure.failureClass()) {
              case UNREACHABLE, TIMED_OUT, SERVER_ERROR, REFUSED -> true;
              default -> false;
            });
  }

  private String name() {
    return origin.operation().service() + ": " + origin.operation().name();
  }

  @Override
  public boolean isPausable() {
    return true;
  }

  @Override
  void hold() {
    if (stream != null) {
      stream.pause();
    }
  }

  @Override
  void release() {
    if (stream != null) {
      stream.resume();
    }
  }

  @Override
  void stop() {
    if (timer >= 0) {
      vertx.cancelTimer(timer);
      timer = -1;
    }
    UpstreamStream open = stream;
    if (open != null) {
      stream = null;
      open.close();
    }
  }
}

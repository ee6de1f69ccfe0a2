package dev.gatehouse.runtime.upstream;

import io.vertx.core.buffer.Buffer;
import org.jspecify.annotations.Nullable;

/** What a service sends for as long as it likes, over a connection of its own. Confined to one event loop. */
public interface UpstreamStream {

  /** Reads no more from the service until {@link #resume()}; what was read already may still be handed on. */
  void pause();

  void resume();

  /** Closes the connection. Nothing is told any more. Harmless after the end. */
  void close();

  /** Is told what a service sends, never before the stream was returned. */
  interface Reader {

    /** The service took the request, and may send now. */
    void opened();

    /** A piece of the body of an event stream, or a whole message of a WebSocket. */
    void received(Buffer data);

    /**
     * There is no more. The connection is closed.
     *
     * @param failure why; null where the service ended it in order, or, before it was opened, said that there is nothing to send
     */
    void ended(@Nullable UpstreamException failure);
  }
}

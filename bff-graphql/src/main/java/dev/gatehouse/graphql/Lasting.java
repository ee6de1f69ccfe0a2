package dev.gatehouse.graphql;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The connections of a door that would not end by themselves. Confined to one event loop. */
final class Lasting {
  private final Set<Connection> open = new LinkedHashSet<>();
  private int sockets;
  private int handshakes;
  private @Nullable Promise<Void> closed;

  /** One of them. */
  interface Connection {

    /** Ends as soon as it can, because the instance stops, and then {@link Lasting#remove removes} itself. */
    void leave();

    /** Whether it is a WebSocket, else an answer that lasts. */
    boolean isSocket();
  }

  void add(Connection connection) {
    open.add(connection);
    sockets += connection.isSocket() ? 1 : 0;
    if (closed != null) {
      connection.leave();
    }
  }

  /** Forgets one that has ended. */
  void remove(Connection connection) {
    if (open.remove(connection)) {
      sockets -= connection.isSocket() ? 1 : 0;
      if (closed != null && open.isEmpty()) {
        closed.tryComplete();
      }
    }
  }

  /** The WebSockets that are open, or about to be. */
  int sockets() {
    return sockets + handshakes;
  }

  /** A handshake begins; {@link #settled()} follows, whatever becomes of it. */
  void begun() {
    handshakes++;
  }

  void settled() {
    handshakes--;
  }

  /** Ends all of them, and those that come after. */
  Future<Void> close() {
    if (closed == null) {
      closed = Promise.promise();
      List.copyOf(open).forEach(Connection::leave);
      if (open.isEmpty()) {
        closed.tryComplete();
      }
    }
    return closed.future();
  }
}

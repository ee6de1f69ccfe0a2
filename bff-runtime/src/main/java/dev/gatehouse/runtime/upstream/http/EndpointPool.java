package dev.gatehouse.runtime.upstream.http;

import dev.gatehouse.runtime.discovery.Endpoint;
import dev.gatehouse.runtime.time.TimerWheel;
import dev.gatehouse.runtime.upstream.ServiceSettings;
import io.netty.buffer.ByteBuf;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.http.GoAway;
import io.vertx.core.http.HttpClientConnection;
import io.vertx.core.internal.buffer.BufferInternal;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The connections to one endpoint. The one used last is used next, so that those not needed grow old and are closed.
 *
 * <p>A call that finds no connection waits in line: for one being made, as many of which are on their way as the line needs and
 * the limit allows, or for one to become free.
 */
final class EndpointPool {
  private final Endpoint endpoint;
  private final Connector connector;
  private final Loop loop;
  private final TimerWheel timers;
  private final int maxConnections;
  private final int maxWaiting;
  private long idleNanos;

  private final List<PooledConnection> open = new ArrayList<>();
  private final ArrayDeque<PooledConnection> idle = new ArrayDeque<>(); // HTTP/1.1 only
  private final List<PooledConnection> multiplexed = new ArrayList<>();
  private final WaitQueue waiting = new WaitQueue();
  private final Eviction eviction = new Eviction();
  private int connecting;
  private int streamsPerConnection;
  private boolean serving;
  private int generation;
  private boolean draining;
  private final Promise<Void> drained = Promise.promise();

  EndpointPool(
      Endpoint endpoint,
      ServiceSettings settings,
      Connector connector,
      Loop loop,
      TimerWheel timers) {
    this.endpoint = endpoint;
    this.connector = connector;
    this.loop = loop;
    this.timers = timers;
    this.maxConnections = settings.maxConnections();
    this.maxWaiting = settings.maxWaiting();
    this.idleNanos = settings.idleTimeout().toNanos();
    this.streamsPerConnection = connector.expectedStreams();
  }

  Endpoint endpoint() {
    return endpoint;
  }

  /** Gives a call a connection now or later, or fails it. */
  void acquire(HttpCall call) {
    PooledConnection connection = take();
    if (connection != null) {
      begin(call, connection);
      return;
    }
    int served =
        (maxConnections - open.size()) * streamsPerConnection; // by connections yet to be made
    if (waiting.size() - served >= maxWaiting) {
      call.queueFull(maxConnections, waiting.size());
      return;
    }
    waiting.addLast(call);
    connectAsNeeded();
  }

  /** Gives a call whose connection turned out closed one that was never used. */
  void acquireFresh(HttpCall call) {
    if (streamsPerConnection == 1 && mayConnect()) {
      connect(call);
    } else {
      acquire(call);
    }
  }

  /** Takes back a connection that has carried an exchange to its end. */
  void release(PooledConnection connection, boolean reusable) {
    connection.returned(System.nanoTime());
    if (!reusable || (connection.isRetired() && connection.isUnused())) {
      discard(connection);
    } else {
      offer(connection);
    }
  }

  /**
   * Takes back a connection whose exchange failed or was given up. On HTTP/2 only the stream is lost.
   *
   * @param closed whether the connection is known to be closed
   */
  void abandon(PooledConnection connection, boolean closed) {
    if (closed) {
      retire(connection);
    }
    release(connection, connection.isMultiplexed());
  }

  /** The call waits no longer. */
  void leave(HttpCall call) {
    waiting.remove(call);
    checkDrained();
  }

  /** What the server says about how long it keeps an idle connection; ours ends before. */
  void limitIdle(long seconds) {
    idleNanos =
        Math.min(idleNanos, TimeUnit.MILLISECONDS.toNanos(Math.max(seconds * 1000 - 500, 1)));
  }

  /** Lets the calls it has end, then closes all connections. Closing twice is harmless. */
  Future<Void> drain() {
    if (!draining) {
      draining = true;
      for (PooledConnection connection : List.copyOf(open)) {
        if (connection.isUnused()) {
          discard(connection);
        }
      }
      checkDrained();
    }
    return drained.future();
  }

  /** When it has been drained. */
  Future<Void> drained() {
    return drained.future();
  }

  /**
   * Carries no new call on the connections there are: they end with the calls that they carry, each of which has a deadline. For
   * when what they were made with no longer holds.
   */
  void renew() {
    generation++;
    idle.clear();
    for (PooledConnection connection : List.copyOf(open)) {
      retire(connection);
    }
  }

  int openConnections() {
    return open.size();
  }

  int idleConnections() {
    return (int) open.stream().filter(PooledConnection::isUnused).count();
  }

  int pendingConnections() {
    return connecting;
  }

  int goingAway() {
    return (int) open.stream().filter(PooledConnection::isRetired).count();
  }

  int waitingCalls() {
    return waiting.size();
  }

  private @Nullable PooledConnection take() {
    PooledConnection connection = idle.pollFirst();
    for (int i = 0; connection == null && i < multiplexed.size(); i++) {
      if (multiplexed.get(i).hasRoom()) {
        connection = multiplexed.get(i);
      }
    }
    return connection;
  }

  private static void begin(HttpCall call, PooledConnection connection) {
    connection.taken();
    call.begin(connection);
  }

  /** Gives a usable connection to who waits, or keeps it. */
  private void offer(PooledConnection connection) {
    HttpCall call = connection.isMultiplexed() ? null : waiting.poll();
    if (call != null) {
      begin(call, connection);
    } else if (waiting.size() == 0) {
      keep(connection);
    } else if (!serving) {
      serving = true;
      loop.later(this::serveMultiplexed); // when the stream that has just ended no longer counts
    }
  }

  private void serveMultiplexed() {
    serving = false;
    PooledConnection connection = null;
    while (waiting.size() > 0 && (connection = take()) != null) {
      HttpCall call = waiting.poll();
      if (call != null) {
        begin(call, connection);
      }
    }
    connectAsNeeded();
    List.copyOf(multiplexed).forEach(this::keep);
  }

  private void keep(PooledConnection connection) {
    if (!connection.isUnused()) {
      return;
    }
    if (draining) {
      discard(connection);
      return;
    }
    if (!connection.isMultiplexed()) {
      idle.addFirst(connection);
    }
    eviction.ensureScheduled(connection);
  }

  private void connectAsNeeded() {
    while (waiting.size() > connecting * streamsPerConnection && mayConnect()) {
      connect(null);
    }
  }

  private boolean mayConnect() {
    return open.size() + connecting + connector.hung() < maxConnections;
  }

  /**
   * @param first who gets it before anyone in line; null where nobody does
   */
  private void connect(@Nullable HttpCall first) {
    connecting++;
    int begun = generation;
    connector.connect((http, failure) -> {
      connecting--;
      if (begun != generation) {
        connectAnew(http, first);
      } else if (failure == null) {
        connected(http, first);
      } else {
        connectFailed(failure, first);
      }
    });
  }

  /** Made with what no longer holds, or failed for it. */
  private void connectAnew(@Nullable HttpClientConnection outdated, @Nullable HttpCall first) {
    if (outdated != null) {
      outdated.close();
    }
    if (first != null && first.isWanted()) {
      connect(first);
    } else {
      connectAsNeeded();
      checkDrained();
    }
  }

  private void connected(HttpClientConnection http, @Nullable HttpCall first) {
    PooledConnection connection = new PooledConnection(http, System.nanoTime());
    streamsPerConnection = connection.maxStreams();
    open.add(connection);
    http.closeHandler(closed -> discard(connection));
    http.exceptionHandler(e -> {
      // Each exchange on it is told too, and over HTTP/1.1 it closes; without a handler Vert.x
      // would
      // log it once more. Over HTTP/2 it would close half a minute later, and take calls till then.
      if (connection.isMultiplexed()) {
        discard(connection);
      }
    });
    if (connection.isMultiplexed()) {
      multiplexed.add(connection);
      http.goAwayHandler(goAway -> {
        connection.goesAwayAfter(goAway.getLastStreamId());
        release(goAway);
        retire(connection);
      });
    }
    if (first != null && first.isWanted()) {
      begin(first, connection);
    } else {
      offer(connection);
    }
    if (!connection.isMultiplexed()) {
      connectAsNeeded(); // it carries fewer at a time than may have been expected before it was
      // made
    }
  }

  /** What the service says about why is a copy for this handler, in memory that is not collected. */
  private static void release(GoAway goAway) {
    if (goAway.getDebugData() instanceof BufferInternal copy) {
      ByteBuf counted = copy.getByteBuf().unwrap(); // what it gives away cannot be released
      if (counted != null && counted.refCnt() > 0) {
        counted.release();
      }
    }
  }

  private void connectFailed(Throwable failure, @Nullable HttpCall first) {
    if (first != null) {
      first.notConnected(failure);
    } else if (open.isEmpty() && connecting == 0) {
      waiting
          .pollAll()
          .forEach(
              call -> call.notConnected(failure)); // nothing is on its way that could serve them
    } else {
      HttpCall call = waiting.poll();
      if (call != null) {
        call.notConnected(failure);
      }
    }
    checkDrained();
  }

  private void retire(PooledConnection connection) {
    connection.retire();
    multiplexed.remove(connection);
    if (connection.isUnused()) {
      discard(connection);
    }
  }

  /** Forgets a connection and closes it. */
  private void discard(PooledConnection connection) {
    if (!connection.markGone()) {
      return;
    }
    open.remove(connection);
    multiplexed.remove(connection);
    idle.remove(connection);
    connection.http().close();
    if (open.isEmpty()) {
      timers.cancel(eviction);
    }
    connectAsNeeded();
    checkDrained();
  }

  private void checkDrained() {
    if (draining && open.isEmpty() && connecting == 0 && waiting.size() == 0) {
      timers.cancel(eviction);
      drained.tryComplete();
    }
  }

  /** Closes connections that nobody has used for long. */
  private final class Eviction extends TimerWheel.Entry {

    void ensureScheduled(PooledConnection connection) {
      if (!isScheduled()) {
        timers.schedule(this, connection.idleSinceNanos() + idleNanos);
      }
    }

    @Override
    protected void expired() {
      long now = System.nanoTime();
      PooledConnection oldest = null;
      for (PooledConnection connection : List.copyOf(open)) {
        if (!connection.isUnused()) {
          continue;
        }
        if (now - connection.idleSinceNanos() >= idleNanos) {
          discard(connection);
        } else if (oldest == null || connection.idleSinceNanos() - oldest.idleSinceNanos() < 0) {
          oldest = connection;
        }
      }
      if (oldest != null) {
        ensureScheduled(oldest);
      }
    }
  }
}

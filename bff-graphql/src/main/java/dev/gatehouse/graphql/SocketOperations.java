package dev.gatehouse.graphql;

import dev.gatehouse.dsl.Caller;
import dev.gatehouse.graphql.internal.answer.ErrorCode;
import dev.gatehouse.graphql.internal.answer.GraphqlError;
import dev.gatehouse.graphql.internal.answer.RequestRefused;
import dev.gatehouse.graphql.internal.http.GraphqlRequest;
import dev.gatehouse.graphql.internal.operation.Operations.Bound;
import dev.gatehouse.graphql.internal.operation.PreparedOperation;
import dev.gatehouse.graphql.internal.schema.RootKind;
import io.vertx.core.http.HttpServerRequest;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The operations under way on one socket, by the client's ids. Confined to one event loop. */
final class SocketOperations {
  private static final Logger LOG = LoggerFactory.getLogger(SocketOperations.class);

  private final OpenDoor door;
  private final HttpServerRequest request;
  private final Caller caller;
  private final MessageSocket socket;
  private final Runnable ended;
  private final Map<String, SocketOperation> open = new LinkedHashMap<>();

  /**
   * @param ended called whenever one has ended by itself
   */
  SocketOperations(
      OpenDoor door,
      HttpServerRequest request,
      Caller caller,
      MessageSocket socket,
      Runnable ended) {
    this.door = door;
    this.request = request;
    this.caller = caller;
    this.socket = socket;
    this.ended = ended;
  }

  boolean has(String id) {
    return open.containsKey(id);
  }

  boolean isEmpty() {
    return open.isEmpty();
  }

  /** Whether queries or mutations are under way. */
  boolean hasAnswers() {
    return open.values().stream().anyMatch(operation -> !operation.isSubscription());
  }

  /**
   * Begins one.
   *
   * @param id is not in use
   * @throws RequestRefused where the payload is no request at all
   */
  void begin(String id, Map<?, ?> payload) {
    SocketOperation operation = new SocketOperation(id, door, request, caller, socket, this::ended);
    int most = door.context().settings().graphql().subscriptions().maxPerConnection();
    open.put(id, operation);
    try {
      if (open.size() > most) {
        throw new RequestRefused(
            ErrorCode.LIMIT_EXCEEDED,
            "There are " + most + " operations under way on this connection (expected: at most "
                + most + " at the same time).");
      }
      GraphqlRequest asked = door.reader().request(payload);
      PreparedOperation prepared = door.prepare(asked);
      Bound bound = door.operations().bind(prepared, asked.variables());
      door.rate().charge(request, caller, bound.operation());
      operation.begin(bound, prepared.kind() == RootKind.SUBSCRIPTION, door.explains(asked));
    } catch (RequestRefused e) {
      if (e.errors().get(0).code() == ErrorCode.MALFORMED_REQUEST) {
        open.remove(id);
        throw e;
      }
      operation.refused(e.errors());
    } catch (RuntimeException e) {
      LOG.error("an operation of BFF {} failed", door.context().bff().name(), e);
      operation.refused(List.of(GraphqlError.of(ErrorCode.INTERNAL)));
    }
  }

  private void ended(SocketOperation operation) {
    open.remove(operation.id(), operation);
    ended.run();
  }

  /** Ends one because its client wants no more of it; ignored where there is none. */
  void cancel(String id) {
    SocketOperation operation = open.remove(id);
    if (operation != null) {
      operation.cancel();
      ended.run();
    }
  }

  void cancelSubscriptions() {
    for (SocketOperation operation : List.copyOf(open.values())) {
      if (operation.isSubscription()) {
        open.remove(operation.id());
        operation.cancel();
      }
    }
  }

  void cancelAll() {
    List<SocketOperation> all = List.copyOf(open.values());
    open.clear();
    all.forEach(SocketOperation::cancel);
  }

  /** The socket takes more. */
  void ready() {
    for (SocketOperation operation : List.copyOf(open.values())) {
      if (socket.isWritable()) {
        operation.ready();
      }
    }
  }
}

package dev.gatehouse.graphql.internal.socket;

import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a client says. */
public sealed interface ClientMessage {

  /**
   * Begins.
   *
   * @param payload what clients put there to say who they are; null for none
   */
  record Init(@Nullable Map<?, ?> payload) implements ClientMessage {}

  /**
   * Wants a pong.
   *
   * @param payload comes back in it; null for none
   */
  record Ping(@Nullable Map<?, ?> payload) implements ClientMessage {}

  /** A sign of life. */
  record Pong() implements ClientMessage {}

  /**
   * Begins an operation.
   *
   * @param payload is to be the request
   */
  record Subscribe(String id, Map<?, ?> payload) implements ClientMessage {}

  /** Wants no more of an operation. */
  record Complete(String id) implements ClientMessage {}

  /** What is no message of the protocol. */
  final class Invalid extends Exception {
    private static final long serialVersionUID = 1L;

    Invalid(String message) {
      super(message, null, false, false);
    }

    /** What was found and what was expected. */
    public String text() {
      return String.valueOf(getMessage());
    }
  }

  /** Ids are the client's, and are kept. */
  int LONGEST_ID = 256;

  Set<String> TYPES = Set.of("connection_init", "ping", "pong", "subscribe", "complete");

  /**
   * Takes a JSON value for a message.
   *
   * @throws Invalid where it is none
   */
  static ClientMessage of(@Nullable Object json) throws Invalid {
    if (!(json instanceof Map<?, ?> message)) {
      throw new Invalid("The message is no object");
    }
    Object type = message.get("type");
    if (!(type instanceof String name) || !TYPES.contains(name)) {
      throw new Invalid("Invalid message type (expected: one that clients send)");
    }
    return switch (name) {
      case "connection_init" -> new Init(payload(message));
      case "ping" -> new Ping(payload(message));
      case "pong" -> {
        payload(message);
        yield new Pong();
      }
      case "complete" -> new Complete(id(message));
      default -> {
        String id = id(message);
        Map<?, ?> payload = payload(message);
        if (payload == null) {
          throw new Invalid("subscribe without payload (expected: an object with a query)");
        }
        yield new Subscribe(id, payload);
      }
    };
  }

  private static String id(Map<?, ?> message) throws Invalid {
    if (!(message.get("id") instanceof String id) || id.isEmpty() || id.length() > LONGEST_ID) {
      throw new Invalid("id missing (expected: text of 1 to " + LONGEST_ID + " characters)");
    }
    return id;
  }

  private static @Nullable Map<?, ?> payload(Map<?, ?> message) throws Invalid {
    Object payload = message.get("payload");
    if (payload != null && !(payload instanceof Map)) {
      throw new Invalid("payload is no object");
    }
    return (Map<?, ?>) payload;
  }
}

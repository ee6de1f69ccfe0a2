package dev.gatehouse.dsl.graph;

import dev.gatehouse.dsl.contract.DataType;
import dev.gatehouse.dsl.contract.DataType.Component;
import dev.gatehouse.dsl.uri.UriTemplate;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * What an operation is, without its Java type parameters. Immutable.
 *
 * @param service the service's logical name
 * @param name what plans, metrics and errors call it, such as {@code GET /products/{id}}; unique in its service
 * @param target how it is called
 * @param safety what calling it may change
 * @param answer the type of one answer: of the element, where it is a batch
 * @param batch how many inputs go into one call; null where each goes alone
 * @param listAtMost for an operation that answers a list: the most elements accepted; 0 where it does not answer a list
 * @param perItemAtMost how many calls without a batch form one request may make in a scope of many rows; 0 where none
 * @param timeout of one call; null where the service's default applies
 * @param place where it was written
 */
public record OperationSpec(
    String service,
    String name,
    Target target,
    Safety safety,
    DataType answer,
    @Nullable Batch batch,
    int listAtMost,
    int perItemAtMost,
    @Nullable Duration timeout,
    Place place) {

  /** What calling an operation may change, in the terms of RFC 9110, section 9.2. */
  public enum Safety {
    /** Changes nothing. */
    SAFE,
    /** Calling twice has the effect of calling once. */
    IDEMPOTENT,
    /** Anything else. */
    UNSAFE
  }

  /** How an operation is called. */
  public sealed interface Target {}

  /**
   * Over HTTP.
   *
   * @param method in capitals
   * @param uri path and query, bound to the input's components by name; a scalar input binds the only variable
   * @param headers sent with the call, bound likewise
   * @param body what the request body is
   * @param answerAt names of members to go down through in the answer, outermost first, to reach what is typed
   * @param idempotencyKey whether a key is sent (Idempotency-Key, draft-ietf-httpapi-idempotency-key-header)
   */
  public record HttpTarget(
      String method,
      UriTemplate uri,
      List<HeaderBinding> headers,
      BodyBinding body,
      List<String> answerAt,
      boolean idempotencyKey)
      implements Target {
    public HttpTarget {
      headers = List.copyOf(headers);
      answerAt = List.copyOf(answerAt);
    }
  }

  /**
   * A header sent with each call.
   *
   * @param value a template in simple {@code {name}} form; where a variable is absent, the header is not sent
   */
  public record HeaderBinding(String name, UriTemplate value) {}

  /** What the request body is made of. */
  public sealed interface BodyBinding {
    /** No body. */
    record None() implements BodyBinding {}

    /** One component of the input, as JSON. */
    record OneComponent(String javaName) implements BodyBinding {}

    /** The whole input, or as much of it as neither the URI nor a header uses; a batch: the array of its inputs. */
    record Rest() implements BodyBinding {}
  }

  /**
   * Written in Java.
   *
   * @param input the Java type of the input; null where the operation takes none
   * @param blocking whether the code may block: it then runs on a worker or virtual thread
   * @param code what to run
   */
  public record JavaTarget(java.lang.reflect.@Nullable Type input, boolean blocking, JavaCode code)
      implements Target {}

  /** An operation's body in Java. */
  @FunctionalInterface
  public interface JavaCode {
    /** Null as a result means absent; an exception or a failed stage, that the call failed. */
    CompletionStage<?> call(@Nullable Object input) throws Exception;
  }

  /**
   * The batch form.
   *
   * @param key the components of an answer that say which input it belongs to: one for a scalar input, else those of the input
   *     record with the same names
   * @param atMost the most inputs in one call
   */
  public record Batch(List<Component> key, int atMost) {
    public Batch {
      key = List.copyOf(key);
    }
  }

  /** Whether calling it changes nothing. Whatever reaches one that is not safe is a command, PUT and DELETE included. */
  public boolean isSafe() {
    return safety == Safety.SAFE;
  }

  /** Whether the operation answers a JSON array as a whole. */
  public boolean answersList() {
    return listAtMost > 0;
  }
}

package dev.gatehouse.graphql.internal.incremental;

import dev.gatehouse.graphql.internal.answer.GraphqlError;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is told at one time. Immutable.
 *
 * @param first the first part of the answer; null in all payloads but the first
 * @param pending what is announced to follow
 * @param incremental what is there now
 * @param completed what was announced and follows no more
 */
public record Payload(
    @Nullable First first,
    List<Pending> pending,
    List<Entry> incremental,
    List<Completed> completed,
    boolean hasNext) {

  /**
   * The first part.
   *
   * @param data JSON
   * @param extensions JSON; null for none
   */
  public record First(byte[] data, List<GraphqlError> errors, byte @Nullable [] extensions) {}

  /**
   * A fragment or the rest of a list.
   *
   * @param path from the root to the object, or the list
   * @param label null for none
   * @param initialCount for a list, how many elements are before the rest; -1 for a fragment
   */
  public record Pending(
      String id, List<Object> path, @Nullable String label, int initialCount) {
    boolean isList() {
      return initialCount >= 0;
    }
  }

  /**
   * Something of what is pending.
   *
   * @param of what it belongs to
   * @param path from the root to where its data belongs, which is at or below that of {@code of}
   * @param data JSON: an object, or a list of elements
   * @param errors in it
   */
  public record Entry(Pending of, List<Object> path, byte[] data, List<GraphqlError> errors) {}

  /**
   * The end of what was pending.
   *
   * @param errors why it was lost as a whole; empty where it was not
   */
  public record Completed(Pending of, List<GraphqlError> errors) {}
}

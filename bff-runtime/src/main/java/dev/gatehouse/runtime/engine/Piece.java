package dev.gatehouse.runtime.engine;

import dev.gatehouse.runtime.engine.Answer.Loss;
import dev.gatehouse.runtime.upstream.FailureClass;
import io.vertx.core.buffer.Buffer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A part of an answer, written when what it needs was there. Immutable.
 *
 * @param part what the selection calls it; 0 for the first
 * @param path response keys ({@code String}) and list indices ({@code Integer}) from the root to the object or list that it is more of
 * @param json an object with the part's fields, or a list of the elements that follow; null where the part was lost
 * @param failure why it was lost; null where it was not
 * @param losses inside the part, with paths from the root
 * @param awaited what was found to follow while this was written, in the order of the answer; none where this was lost
 */
public record Piece(
    int part,
    List<Object> path,
    @Nullable Buffer json,
    @Nullable FailureClass failure,
    List<Loss> losses,
    List<Place> awaited) {

  /** Where a piece of a part belongs. There is at most one piece of each. */
  public record Place(int part, List<Object> path) {}
}

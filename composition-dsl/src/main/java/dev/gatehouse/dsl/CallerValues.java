package dev.gatehouse.dsl;

import dev.gatehouse.dsl.NodeTable.Reach;
import dev.gatehouse.dsl.NodeTable.Recipe;
import dev.gatehouse.dsl.contract.DataType;
import dev.gatehouse.dsl.graph.Node.CallerFact;
import dev.gatehouse.dsl.graph.Node.CallerNode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Symbolic values of who is asking. They cannot be forged by a parameter, and what depends on them is never shared with another
 * caller's request.
 */
public final class CallerValues {

  CallerValues() {}

  /** What identifies the caller; absent where that is not known. */
  public Value<String> subject() {
    return fact(CallerFact.SUBJECT, null, String.class);
  }

  /** The preferred language as a tag after BCP 47, such as {@code de-CH}; {@code und} where none is known. */
  public Value<String> locale() {
    return fact(CallerFact.LOCALE, null, String.class);
  }

  /**
   * What else is known of the caller; absent where that is not.
   *
   * @param name such as {@code tenant}
   * @param type what the claim is
   */
  public <C> Value<C> claim(String name, Class<C> type) {
    return fact(CallerFact.CLAIM, name, type);
  }

  private <C> Value<C> fact(CallerFact fact, @Nullable String claim, Class<C> javaType) {
    Definition current = Definition.current("caller");
    DataType type = current.contract(javaType, current.composite() + ": the claim " + claim);
    return Value.of(
        current,
        current.node(
            new Recipe(
                type,
                List.of(),
                Reach.FREE,
                List.of("caller", fact, claim == null ? "" : claim, type)),
            head -> new CallerNode(head, fact, claim)));
  }
}

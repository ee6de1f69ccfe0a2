package dev.gatehouse.dsl;

import dev.gatehouse.dsl.contract.DataType;
import dev.gatehouse.dsl.graph.Node;
import dev.gatehouse.dsl.graph.Node.Head;
import dev.gatehouse.dsl.graph.Place;
import dev.gatehouse.dsl.graph.Scope;
import dev.gatehouse.dsl.graph.Scope.Kind;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Makes nodes and scopes, and makes equal ones only once.
 *
 * <p>A node lives as far out as it can: a field, a constant or an object in the innermost scope of what it is made of; a call or a
 * Java function too, but never outside a {@code when}, {@code orElseGet} or {@code oneOf} in which it is written, since it may be
 * needed only there.
 */
final class NodeTable {
  private final Scope root = new Scope(0, Kind.ROOT, null, null, 1, null);
  private final Map<Scope, Map<Object, Node>> equals = new HashMap<>();
  private final Map<List<Object>, Scope> scopes = new HashMap<>();
  private int nodes;

  /** How far out a node may live. */
  enum Reach {
    /** As far as its operands allow. */
    FREE,
    /** As {@link #FREE}, but not outside a scope that may have no row. */
    GUARDED,
    /** Where it is written. */
    FIXED
  }

  /** What a node is made of, apart from where and when. */
  record Recipe(
      DataType type,
      List<Node> operands,
      Reach reach,
      @Nullable Object key) {}

  Scope root() {
    return root;
  }

  /** The node of this recipe that {@code scope} can see, made by {@code make} where there is none. A null key means none is equal. */
  Node node(Scope scope, Recipe recipe, Place place, Function<Head, Node> make) {
    Scope home = home(scope, recipe);
    if (recipe.key() != null) {
      for (Scope seen = home; seen != null; seen = seen.parent()) {
        Node equal = equals.getOrDefault(seen, Map.of()).get(recipe.key());
        if (equal != null) {
          return equal;
        }
      }
    }
    Node made = make.apply(new Head(nodes++, home, recipe.type(), place));
    if (recipe.key() != null) {
      equals.computeIfAbsent(home, any -> new HashMap<>()).put(recipe.key(), made);
    }
    return made;
  }

  private static Scope home(Scope scope, Recipe recipe) {
    Scope home = scope;
    while (home.parent() != null && mayLeave(home, recipe)) {
      home = home.parent();
    }
    return home;
  }

  private static boolean mayLeave(Scope scope, Recipe recipe) {
    return switch (recipe.reach()) {
          case FREE -> true;
          case GUARDED -> scope.kind() == Kind.EACH;
          case FIXED -> false;
        }
        && recipe.operands().stream().noneMatch(operand -> operand.scope() == scope);
  }

  /** The child of {@code parent} that is so made. */
  Scope scope(Scope parent, Kind kind, Node over, int atMost, @Nullable String tag) {
    List<Object> key = List.of(parent, kind, over, atMost, tag == null ? "" : tag);
    return scopes.computeIfAbsent(
        key, any -> new Scope(scopes.size() + 1, kind, parent, over, atMost, tag));
  }
}

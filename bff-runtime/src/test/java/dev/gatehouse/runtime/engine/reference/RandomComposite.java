package dev.gatehouse.runtime.engine.reference;

import dev.gatehouse.dsl.Composite;
import dev.gatehouse.dsl.Value;
import dev.gatehouse.dsl.finding.ShapeFinding.MayBeAbsent;
import dev.gatehouse.runtime.engine.reference.Shop.Card;
import dev.gatehouse.runtime.engine.reference.Shop.Loose;
import dev.gatehouse.runtime.engine.reference.Shop.Media;
import dev.gatehouse.runtime.engine.reference.Shop.Order;
import dev.gatehouse.runtime.engine.reference.Shop.Page;
import dev.gatehouse.runtime.engine.reference.Shop.Quote;
import dev.gatehouse.runtime.engine.reference.Shop.Shelf;
import dev.gatehouse.runtime.engine.reference.Shop.Strict;
import dev.gatehouse.runtime.engine.reference.Shop.Thing;
import dev.gatehouse.runtime.engine.reference.Shop.Tile;
import java.util.List;
import java.util.Random;

/** Composites by chance. */
public final class RandomComposite {
  private static final List<Class<?>> RESULTS = List.of(
      Page.class,
      Page.class,
      Shelf.class,
      Loose.class,
      Card.class,
      Strict.class,
      Thing.class,
      Quote.class,
      Tile.class,
      Media.class);

  private RandomComposite() {}

  /** One that has no mistakes. What may be absent where it must not is left to chance, and tried again. */
  public static Composite<Order, ?> of(Random random) {
    while (true) {
      Composite<Order, ?> composite = written(random.nextLong());
      if (composite.findings().isEmpty()) {
        return composite;
      }
      composite.findings().stream()
          .filter(finding -> !(finding instanceof MayBeAbsent))
          .findFirst()
          .ifPresent(finding -> {
            throw new IllegalStateException(composite.findings().toString());
          });
    }
  }

  private static Composite<Order, ?> written(long seed) {
    Random random = new Random(seed);
    if (random.nextInt(8) == 0) {
      return Composite.named(
          "Random", Order.class, order -> author(random, order).items(Thing.class));
    }
    Class<?> result = RESULTS.get(random.nextInt(RESULTS.size()));
    return Composite.named("Random", Order.class, order -> firm(author(random, order), result));
  }

  private static <T> Value<T> firm(Author author, Class<T> type) {
    return author.firm(type);
  }

  private static Author author(Random random, Value<Order> order) {
    return Author.of(random)
        .knowing(Order.class, order, true)
        .knowing(Shop.Sku.class, order.get(Order::sku), true);
  }
}

package dev.gatehouse.examples.storefront.services;

import static java.util.function.Function.identity;
import static java.util.stream.Collectors.toUnmodifiableMap;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** The shop's 400 products, {@code p-1} to {@code p-400}, the same in every run. All services agree on them. */
final class Assortment {
  private static final Instant OPENING = Instant.parse("2023-03-01T08:00:00Z");
  private static final int DAYS_SINCE_OPENING = 1100;
  private static final int SECONDS_PER_DAY = 86_400;

  private static final List<String> BRANDS = List.of(
      "Nordlicht",
      "Åsgård",
      "Müller & Söhne",
      "Bramble & Finch",
      "O’Leary",
      "Hoshi 星",
      "Łódź Works",
      "Maison Élan",
      "Kestrel",
      "Öre",
      "Tandem Supply",
      "Calle Ocho",
      "Pikku",
      "Three Rivers",
      "\"Plain\"",
      "Vento");
  private static final List<String> WAREHOUSES =
      List.of("ams-1", "ber-2", "cph-1", "lyo-1", "mad-1", "waw-1");
  private static final List<String> OPENINGS = List.of(
      "The %s does one thing and does it well.",
      "Three years in the making, the %s was worth the wait.",
      "“Finally one that lasts”, wrote the first owner of the %s.",
      "Known to insiders as \"the good one\": the %s.",
      "A favourite of ours since day one ❤️: the %s.",
      "The %s is made in small batches, so it may be gone tomorrow.");
  private static final List<String> CLOSINGS = List.of(
      "Ships in recycled cardboard ♻️.",
      "Two-year guarantee.",
      "Spare parts for ten years.",
      "Grüße aus Görlitz!",
      "Colours may differ slightly;\nthat is the charm of it.");

  static final List<Product> PRODUCTS = products();

  private static final Map<String, Product> BY_ID =
      PRODUCTS.stream().collect(toUnmodifiableMap(Product::id, identity()));

  private Assortment() {}

  /** A product nobody has a number for yet. */
  private record Idea(Category category, String name) {}

  /** Null where there is no such product. */
  static @Nullable Product find(String id) {
    return BY_ID.get(id);
  }

  /** The product, or the 404 that says that there is none. */
  static Product get(String id) {
    Product product = find(id);
    if (product == null) {
      throw Problem.notFound("product", id);
    }
    return product;
  }

  private static List<Product> products() {
    List<Idea> ideas = new ArrayList<>();
    for (Category category : Category.ALL) {
      for (String variant : category.variants()) {
        category.things().forEach(thing -> ideas.add(new Idea(category, variant + " " + thing)));
      }
    }
    Pick pick = new Pick(12);
    List<Product> products = new ArrayList<>();
    for (Idea idea : pick.shuffled(ideas)) {
      products.add(product("p-" + (products.size() + 1), idea, pick));
    }
    return List.copyOf(products);
  }

  private static Product product(String id, Idea idea, Pick pick) {
    Category category = idea.category();
    String description = String.join(
        " ",
        pick.oneOf(OPENINGS).formatted(idea.name()),
        pick.oneOf(category.praise()),
        pick.oneOf(CLOSINGS));
    List<String> images = IntStream.rangeClosed(1, pick.between(1, 4))
        .mapToObj(number -> "/images/" + id + "/" + number + ".jpg")
        .toList();
    return new Product(
        id,
        idea.name(),
        description,
        pick.oneOf(BRANDS),
        category.name(),
        pick.some(pick.between(1, 4), WAREHOUSES),
        images,
        OPENING.plusSeconds((long) SECONDS_PER_DAY * pick.between(0, DAYS_SINCE_OPENING)
            + pick.between(0, SECONDS_PER_DAY - 1)),
        "s-" + pick.between(100, 140),
        cost(category, pick));
  }

  /** About half of what the product sells for; the lower of two tries, since most things are cheap. */
  private static BigDecimal cost(Category category, Pick pick) {
    int least = category.cheapest() * 50;
    int most = category.dearest() * 50;
    int first = pick.between(least, most);
    int second = pick.between(least, most);
    return BigDecimal.valueOf(Math.min(first, second), 2);
  }
}

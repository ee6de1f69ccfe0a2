package dev.gatehouse.runtime.engine.reference;

import static dev.gatehouse.dsl.Verbs.caller;
import static dev.gatehouse.dsl.Verbs.combine;
import static dev.gatehouse.dsl.Verbs.constant;

import dev.gatehouse.dsl.Outcome;
import dev.gatehouse.runtime.engine.reference.Shop.Colour;
import dev.gatehouse.runtime.engine.reference.Shop.Film;
import dev.gatehouse.runtime.engine.reference.Shop.Maker;
import dev.gatehouse.runtime.engine.reference.Shop.Media;
import dev.gatehouse.runtime.engine.reference.Shop.Order;
import dev.gatehouse.runtime.engine.reference.Shop.Photo;
import dev.gatehouse.runtime.engine.reference.Shop.Price;
import dev.gatehouse.runtime.engine.reference.Shop.Quote;
import dev.gatehouse.runtime.engine.reference.Shop.Review;
import dev.gatehouse.runtime.engine.reference.Shop.Size;
import dev.gatehouse.runtime.engine.reference.Shop.Sku;
import dev.gatehouse.runtime.engine.reference.Shop.Stock;
import dev.gatehouse.runtime.engine.reference.Shop.Thing;
import dev.gatehouse.runtime.engine.reference.Shop.Tree;
import java.math.BigDecimal;
import java.util.List;

/** Values without parts. */
final class ScalarRecipes {

  private ScalarRecipes() {}

  static void addTo(Recipes to) {
    skus(to);
    texts(to);
    flags(to);
    numbers(to);
    amounts(to);
    to.firm(Colour.class, a -> constant(a.sample(Colour.class)));
    to.firm(Colour.class, a -> a.some(Thing.class).get(Thing::colour));
  }

  private static void skus(Recipes to) {
    to.firm(Sku.class, a -> constant(new Sku(a.letter())));
    to.firm(Sku.class, a -> a.some(Thing.class).get(Thing::sku));
    to.soft(Sku.class, a -> a.some(Thing.class).get(Thing::next));
    to.firm(Sku.class, a -> a.some(Price.class).get(Price::sku));
    to.soft(Sku.class, a -> a.some(Review.class).get(Review::about));
    to.soft(Sku.class, a -> a.some(String.class).map(Sku.class, ScalarRecipes::shorten));
    to.soft(
        Sku.class,
        a -> combine(Sku.class, a.some(Sku.class), a.some(Integer.class), ScalarRecipes::pick));
  }

  private static Sku shorten(String text) {
    return new Sku(text.isEmpty() ? "a" : text.substring(0, text.offsetByCodePoints(0, 1)));
  }

  private static Sku pick(Sku sku, int count) {
    if (count == 5) {
      throw new IllegalArgumentException("five");
    }
    return count % 2 == 0 ? sku : new Sku("d");
  }

  private static void texts(Recipes to) {
    to.firm(String.class, a -> constant(a.letter()));
    to.firm(String.class, a -> a.some(Thing.class).get(Thing::name));
    to.firm(String.class, a -> a.some(Thing.class).get(Thing::maker));
    to.firm(String.class, a -> a.some(Media.class).get(Media::url));
    to.firm(String.class, a -> a.some(Stock.class).get(Stock::place));
    to.firm(String.class, a -> a.some(Review.class).get(Review::author));
    to.soft(String.class, a -> a.some(Tree.class).get(Tree::name));
    to.firm(String.class, a -> a.firm(Sku.class).map(String.class, Sku::value));
    to.soft(String.class, a -> a.some(Maker.class).get(Maker::country));
    to.soft(String.class, a -> a.some(Order.class).get(Order::note));
    to.soft(String.class, a -> a.some(Price.class).get(Price::currency));
    to.soft(String.class, a -> a.some(Price.class).outcome().get(Outcome<Price>::failure));
    to.soft(
        String.class, a -> a.items(String.class).map(String.class, all -> String.join(",", all)));
    to.soft(
        String.class,
        a -> a.some(String.class).map(String.class, text -> text.isBlank() ? null : text));
    to.firm(String.class, a -> caller().subject());
    to.firm(String.class, a -> caller().locale());
    to.firm(String.class, a -> caller().claim("tenant", String.class));
  }

  private static void flags(Recipes to) {
    to.firm(Boolean.class, a -> constant(a.chance(2)));
    to.firm(Boolean.class, a -> a.some(Thing.class).get(Thing::sold));
    to.soft(Boolean.class, a -> a.some(Thing.class).get(Thing::rare));
    to.soft(
        Boolean.class, a -> a.some(Integer.class).map(Boolean.class, number -> number % 2 == 0));
    to.soft(
        Boolean.class,
        a -> a.some(Maker.class).map(Boolean.class, maker -> maker.tags().isEmpty()));
  }

  private static void numbers(Recipes to) {
    to.firm(Integer.class, a -> constant(a.number(4)));
    to.firm(Integer.class, a -> a.some(Thing.class).get(Thing::count));
    to.firm(Integer.class, a -> a.some(Stock.class).get(Stock::units));
    to.firm(Integer.class, a -> a.some(Review.class).get(Review::rating));
    to.firm(Integer.class, a -> a.some(Order.class).get(Order::count));
    to.soft(Integer.class, a -> a.items(Sku.class).map(Integer.class, List::size));
    to.firm(Integer.class, a -> a.some(Photo.class).get(Photo::width));
    to.firm(Integer.class, a -> a.some(Film.class).get(Film::minutes));
    to.soft(Integer.class, a -> a.some(Tree.class).map(Integer.class, ScalarRecipes::size));
  }

  private static int size(Tree tree) {
    return 1
        + (tree.parent() == null ? 0 : size(tree.parent()))
        + tree.children().stream().mapToInt(ScalarRecipes::size).sum();
  }

  private static void amounts(Recipes to) {
    to.firm(BigDecimal.class, a -> constant(new BigDecimal("1.10")));
    to.firm(BigDecimal.class, a -> a.some(Thing.class).get(Thing::weight));
    to.firm(BigDecimal.class, a -> a.some(Price.class).get(Price::amount));
    to.firm(BigDecimal.class, a -> a.some(Quote.class).get(Quote::total));
    to.soft(BigDecimal.class, a -> a.some(Size.class).get(Size::weight));
  }
}

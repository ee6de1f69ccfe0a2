package dev.gatehouse.runtime.engine.reference;

import static dev.gatehouse.dsl.Verbs.constant;
import static dev.gatehouse.dsl.Verbs.is;
import static dev.gatehouse.dsl.Verbs.object;
import static dev.gatehouse.dsl.Verbs.oneOf;

import dev.gatehouse.dsl.Value;
import dev.gatehouse.runtime.engine.reference.Shop.Card;
import dev.gatehouse.runtime.engine.reference.Shop.Clip;
import dev.gatehouse.runtime.engine.reference.Shop.Facts;
import dev.gatehouse.runtime.engine.reference.Shop.Film;
import dev.gatehouse.runtime.engine.reference.Shop.FilmTile;
import dev.gatehouse.runtime.engine.reference.Shop.Loose;
import dev.gatehouse.runtime.engine.reference.Shop.Maker;
import dev.gatehouse.runtime.engine.reference.Shop.Media;
import dev.gatehouse.runtime.engine.reference.Shop.Order;
import dev.gatehouse.runtime.engine.reference.Shop.Page;
import dev.gatehouse.runtime.engine.reference.Shop.Photo;
import dev.gatehouse.runtime.engine.reference.Shop.PhotoTile;
import dev.gatehouse.runtime.engine.reference.Shop.Price;
import dev.gatehouse.runtime.engine.reference.Shop.Quote;
import dev.gatehouse.runtime.engine.reference.Shop.Review;
import dev.gatehouse.runtime.engine.reference.Shop.Search;
import dev.gatehouse.runtime.engine.reference.Shop.Shelf;
import dev.gatehouse.runtime.engine.reference.Shop.Size;
import dev.gatehouse.runtime.engine.reference.Shop.Sku;
import dev.gatehouse.runtime.engine.reference.Shop.Stock;
import dev.gatehouse.runtime.engine.reference.Shop.StockKey;
import dev.gatehouse.runtime.engine.reference.Shop.Strict;
import dev.gatehouse.runtime.engine.reference.Shop.Thing;
import dev.gatehouse.runtime.engine.reference.Shop.Tile;
import dev.gatehouse.runtime.engine.reference.Shop.Tree;
import java.math.BigDecimal;

/** Values with parts: answers of calls, parts of answers, and objects put together. */
final class RecordRecipes {

  private RecordRecipes() {}

  static void addTo(Recipes to) {
    answers(to);
    parts(to);
    inputs(to);
    views(to);
    to.firm(Tile.class, a -> tile(a, a.firm(Media.class)));
    to.soft(Tile.class, a -> tile(a, a.some(Media.class)));
    to.firm(Shelf.class, a -> constant(new Shelf(null, null, null, null, null, null, null, null)));
    to.firm(Shelf.class, RecordRecipes::shelf);
    to.firm(
        Page.class,
        a -> object(Page.class)
            .with(Page::loose, a.some(Loose.class))
            .with(Page::card, a.firm(Card.class))
            .with(Page::shelf, a.some(Shelf.class))
            .with(Page::tile, a.some(Tile.class))
            .with(Page::facts, a.firm(Facts.class)));
  }

  private static void answers(Recipes to) {
    to.firm(Thing.class, a -> Shop.THINGS.call(a.firm(Sku.class)));
    to.firm(Thing.class, a -> Shop.THING.call(a.firm(Sku.class)));
    to.soft(Thing.class, a -> Shop.THINGS.call(a.some(Sku.class)));
    to.soft(Thing.class, a -> Shop.THING.call(a.some(Sku.class)));
    to.firm(Price.class, a -> Shop.PRICE.call(a.firm(Sku.class)));
    to.soft(Price.class, a -> Shop.PRICE.call(a.some(Sku.class)));
    to.firm(Stock.class, a -> Shop.STOCK.call(a.firm(StockKey.class)));
    to.soft(Stock.class, a -> Shop.STOCK.call(a.some(StockKey.class)));
    to.soft(Stock.class, a -> Shop.COUNT.call(a.some(Sku.class)));
    to.soft(Stock.class, a -> Shop.AWAIT.call(a.some(Sku.class)));
    to.firm(Maker.class, a -> Shop.MAKER.call(a.firm(String.class)));
    to.soft(Maker.class, a -> Shop.MAKER.call(a.some(String.class)));
    to.firm(Quote.class, a -> Shop.QUOTE.call(a.firm(Order.class)));
    to.soft(Quote.class, a -> Shop.QUOTE.call(a.some(Order.class)));
    to.soft(Quote.class, a -> Shop.RATE.call(a.some(Order.class)));
  }

  private static void parts(Recipes to) {
    to.firm(Review.class, a -> constant(a.sample(Review.class)));
    to.soft(Price.class, a -> a.some(Quote.class).get(Quote::price));
    to.firm(Size.class, a -> constant(a.sample(Size.class)));
    to.soft(Size.class, a -> a.some(Thing.class).get(Thing::size));
    to.soft(Size.class, a -> a.some(Order.class).get(Order::size));
    to.firm(Size.class, a -> a.some(Film.class).get(Film::size));
    to.firm(
        Size.class,
        a -> object(Size.class)
            .with(Size::width, a.firm(Integer.class))
            .with(Size::weight, a.some(BigDecimal.class)));
    to.firm(Media.class, a -> a.some(Thing.class).get(Thing::cover));
    to.firm(Photo.class, a -> constant(a.sample(Photo.class)));
    to.firm(Film.class, a -> constant(a.sample(Film.class)));
    to.soft(Object.class, a -> a.some(Thing.class).get(Thing::extra));
    to.firm(Tree.class, a -> constant(a.sample(Tree.class)));
    to.soft(Tree.class, a -> a.some(Maker.class).get(Maker::family));
    to.soft(Tree.class, a -> a.some(Tree.class).get(Tree::parent));
  }

  private static void inputs(Recipes to) {
    to.firm(Order.class, a -> constant(a.sample(Order.class)));
    to.firm(
        Order.class,
        a -> object(Order.class)
            .with(Order::sku, a.firm(Sku.class))
            .with(Order::count, a.firm(Integer.class))
            .with(Order::note, a.some(String.class))
            .with(Order::size, a.some(Size.class)));
    to.firm(
        StockKey.class,
        a -> object(StockKey.class)
            .with(StockKey::sku, a.firm(Sku.class))
            .with(StockKey::place, a.firm(String.class)));
    to.firm(StockKey.class, a -> object(StockKey.class).from(a.firm(Stock.class)));
    to.firm(
        Search.class,
        a -> object(Search.class)
            .with(Search::colour, a.some(Shop.Colour.class))
            .with(Search::tags, a.items(String.class))
            .with(Search::place, a.some(String.class)));
  }

  private static void views(Recipes to) {
    to.firm(
        Card.class,
        a -> object(Card.class)
            .from(a.firm(Thing.class))
            .with(Card::price, a.some(Price.class))
            .with(Card::maker, a.some(Maker.class)));
    to.firm(
        Card.class,
        a -> object(Card.class)
            .with(Card::sku, a.firm(Sku.class))
            .with(Card::name, a.firm(String.class))
            .withArguments(
                Card::price,
                given -> Shop.PRICE.call(given.argument("of", Sku.class).optional()))
            .with(Card::maker, a.some(Maker.class))
            .with(Card::size, a.some(Size.class)));
    to.firm(
        Strict.class,
        a -> object(Strict.class)
            .with(Strict::thing, a.firm(Thing.class))
            .with(Strict::price, a.firm(Price.class))
            .with(Strict::maker, a.firm(Maker.class)));
    to.firm(
        Facts.class,
        a -> object(Facts.class)
            .with(Facts::sku, a.some(Sku.class))
            .with(Facts::flag, a.some(Boolean.class))
            .withArguments(
                Facts::number,
                given -> a.inner()
                    .knowing(
                        Integer.class,
                        given.argument("about", Integer.class).byDefault(2).value(),
                        true)
                    .some(Integer.class))
            .with(Facts::text, a.some(String.class))
            .with(Facts::amount, a.some(BigDecimal.class))
            .with(Facts::any, a.some(Object.class)));
    to.firm(
        Loose.class,
        a -> object(Loose.class)
            .with(Loose::thing, a.some(Thing.class))
            .with(Loose::price, a.some(Price.class))
            .with(Loose::stock, a.some(Stock.class))
            .with(Loose::quote, a.some(Quote.class))
            .with(Loose::card, a.some(Card.class))
            .with(Loose::strict, a.some(Strict.class))
            .with(Loose::facts, a.some(Facts.class))
            .with(Loose::told, a.some(Price.class).outcome())
            .with(Loose::toldCard, a.some(Card.class).outcome())
            .with(Loose::tree, a.some(Tree.class)));
  }

  private static Value<Tile> tile(Author author, Value<Media> media) {
    return oneOf(
        Tile.class,
        media,
        is(Photo.class, photo -> {
          Author inner = author.inner().knowing(Photo.class, photo, true);
          return object(PhotoTile.class).from(photo).with(PhotoTile::card, inner.some(Card.class));
        }),
        is(Film.class, film -> {
          Author inner = author.inner().knowing(Film.class, film, true);
          Value<FilmTile> tile =
              object(FilmTile.class).from(film).with(FilmTile::related, inner.items(Sku.class));
          return inner.chance(3) ? tile.orElse(new FilmTile("?", null, null)) : tile;
        }));
  }

  private static Value<Shelf> shelf(Author a) {
    return object(Shelf.class)
        .withArguments(
            Shelf::skus,
            given -> a.inner()
                .items(Sku.class)
                .first(given.argument("first", Integer.class).optional()))
        .with(
            Shelf::cards,
            a.items(Sku.class)
                .each(sku -> a.inner().knowing(Sku.class, sku, false).some(Card.class)))
        .with(
            Shelf::strictCards,
            a.items(Sku.class)
                .each(sku -> a.inner().knowing(Sku.class, sku, true).firm(Card.class)))
        .with(
            Shelf::loose,
            a.items(Review.class)
                .each(review -> a.inner().knowing(Review.class, review, false).some(Loose.class)))
        .with(Shelf::reviews, a.items(Review.class))
        .with(
            Shelf::tiles,
            a.items(Media.class)
                .each(media -> tile(a.inner().knowing(Media.class, media, false), media)))
        .with(
            Shelf::clips,
            a.items(Media.class)
                .each(media ->
                    object(Clip.class).from(media).with(Clip::size, a.inner().some(Size.class))))
        .with(
            Shelf::shelves,
            a.items(Thing.class)
                .each(thing -> a.inner().knowing(Thing.class, thing, false).some(Shelf.class)));
  }
}

package dev.gatehouse.runtime.engine.reference;

import dev.gatehouse.dsl.TypeRef;
import dev.gatehouse.runtime.engine.reference.Shop.Maker;
import dev.gatehouse.runtime.engine.reference.Shop.Media;
import dev.gatehouse.runtime.engine.reference.Shop.Price;
import dev.gatehouse.runtime.engine.reference.Shop.Quote;
import dev.gatehouse.runtime.engine.reference.Shop.Review;
import dev.gatehouse.runtime.engine.reference.Shop.Search;
import dev.gatehouse.runtime.engine.reference.Shop.Size;
import dev.gatehouse.runtime.engine.reference.Shop.Sku;
import dev.gatehouse.runtime.engine.reference.Shop.Thing;
import dev.gatehouse.runtime.engine.reference.Shop.Tree;
import java.util.List;

/** Lists: answers of calls, parts of answers, and what functions make. */
final class ListRecipes {

  private ListRecipes() {}

  static void addTo(Recipes to) {
    to.list(Sku.class, a -> Shop.RELATED.call(a.firm(Sku.class)));
    to.list(Sku.class, a -> Shop.RELATED.call(a.some(Sku.class)));
    to.list(Sku.class, a -> a.some(Thing.class).items(Thing::parts));
    to.list(Sku.class, a -> a.items(Price.class).atMost(3).each(price -> price.get(Price::sku)));
    to.list(
        Sku.class,
        a -> dev.gatehouse.dsl.Verbs.list(a.some(Sku.class)
            .mapTo(new TypeRef<List<Sku>>() {}, sku -> List.of(sku, new Sku("e"), sku))));
    to.list(Price.class, a -> Shop.SEARCH.call(a.firm(Search.class)));
    to.list(Price.class, a -> a.some(Quote.class).items(Quote::parts));
    to.list(Price.class, a -> a.items(Sku.class).each(sku -> Shop.PRICE.call(sku)));
    to.list(Review.class, a -> Shop.REVIEWS.call(a.firm(Sku.class)));
    to.list(Media.class, a -> Shop.MEDIA.call(a.firm(Sku.class)));
    to.list(Media.class, a -> a.some(Thing.class).items(Thing::media));
    to.list(Media.class, a -> a.items(Thing.class).each(thing -> thing.get(Thing::cover)));
    to.list(Thing.class, a -> a.items(Sku.class).each(sku -> Shop.THINGS.call(sku)));
    to.list(Size.class, a -> a.some(Thing.class).items(Thing::sizes));
    to.list(String.class, a -> a.some(Thing.class).items(Thing::tags));
    to.list(String.class, a -> a.some(Maker.class).items(Maker::tags));
    to.list(
        String.class,
        a -> a.some(Tree.class)
            .items(Tree::children)
            .atMost(3)
            .each(child -> child.get(Tree::name)));
    to.list(String.class, a -> a.items(Sku.class).each(sku -> sku.map(String.class, Sku::value)));
  }
}

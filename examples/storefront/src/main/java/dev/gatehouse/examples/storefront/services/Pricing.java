package dev.gatehouse.examples.storefront.services;

import static io.vertx.core.http.HttpMethod.GET;
import static java.util.function.Function.identity;
import static java.util.stream.Collectors.toUnmodifiableMap;

import io.vertx.core.json.JsonObject;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What things cost. A few products have no price yet.
 *
 * <pre>
 * GET /prices/{id}            one price
 * GET /prices?ids=p-1&amp;ids=p-2 those that exist, in no particular order
 * </pre>
 */
final class Pricing extends ServiceVerticle {
  private static final List<String> ENDINGS = List.of("0.00", "0.50", "0.90", "0.95", "0.99");

  private final Map<String, Price> prices = prices();

  /**
   * An amount has two decimals, on the wire too: 49.90, not 49.9.
   *
   * @param listAmount what it cost before; null where it is not reduced
   */
  private record Price(
      String productId,
      BigDecimal amount,
      String currency,
      @Nullable BigDecimal listAmount) {
    JsonObject toJson() {
      JsonObject json = new JsonObject()
          .put("productId", productId)
          .put("amount", amount)
          .put("currency", currency);
      return listAmount == null ? json : json.put("listAmount", listAmount);
    }
  }

  Pricing(int port) {
    super("pricing", port, "max-age=5");
  }

  @Override
  void addTo(Routes routes) {
    routes.on(GET, "/prices/{id}", this::price).on(GET, "/prices", this::batch);
  }

  private Reply price(Call call) {
    Price price = prices.get(call.variable("id"));
    if (price == null) {
      throw Problem.notFound("price of", call.variable("id"));
    }
    return Reply.ok(price.toJson());
  }

  private Reply batch(Call call) {
    List<String> ids = call.ids();
    List<Price> found = ids.stream().map(prices::get).filter(Objects::nonNull).toList();
    return Reply.ok(new Pick(ids.hashCode()).shuffled(found), Price::toJson);
  }

  private static Map<String, Price> prices() {
    Pick pick = new Pick(11);
    return Assortment.PRODUCTS.stream()
        .filter(product -> !pick.inPercent(4))
        .map(product -> price(product, pick))
        .collect(toUnmodifiableMap(Price::productId, identity()));
  }

  private static Price price(Product product, Pick pick) {
    BigDecimal amount = product
        .supplierCost()
        .multiply(BigDecimal.valueOf(pick.between(150, 210), 2))
        .setScale(0, RoundingMode.DOWN)
        .add(new BigDecimal(pick.oneOf(ENDINGS)));
    BigDecimal listAmount = pick.inPercent(25)
        ? amount
            .multiply(BigDecimal.valueOf(pick.between(110, 140), 2))
            .setScale(1, RoundingMode.UP)
            .setScale(2)
        : null;
    return new Price(product.id(), amount, "EUR", listAmount);
  }
}

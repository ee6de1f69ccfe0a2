package dev.gatehouse.examples.storefront.services;

import static io.vertx.core.http.HttpMethod.GET;
import static io.vertx.core.http.HttpMethod.PUT;
import static java.util.function.Function.identity;
import static java.util.stream.Collectors.toUnmodifiableMap;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonObject;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What things cost. A few products have no price yet.
 *
 * <pre>
 * GET /prices/{id}            one price
 * GET /prices?ids=p-1&amp;ids=p-2 those that exist, in no particular order
 * GET /prices/{id}/changes    an event stream: the new price whenever it changes, as events of the type price
 * PUT /prices/{id}            changes it: {"amount": 39.90}
 * </pre>
 */
final class Pricing extends ServiceVerticle {
  private static final List<String> ENDINGS = List.of("0.00", "0.50", "0.90", "0.95", "0.99");
  private static final long SIGN_OF_LIFE_MILLIS = 30_000;

  private final Map<String, Price> prices = new HashMap<>(prices());
  private final Set<Watching> watching = new HashSet<>();
  private int changes;

  /** A client that wants to know of a price's changes. */
  private record Watching(String productId, HttpServerResponse response) {}

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
    routes
        .on(GET, "/prices/{id}", this::price)
        .on(GET, "/prices", this::batch)
        .onAsync(GET, "/prices/{id}/changes", this::changes)
        .on(PUT, "/prices/{id}", this::change);
  }

  /** Prices rarely change: comments show that the streams live. */
  @Override
  public Future<?> start() {
    vertx.setPeriodic(
        SIGN_OF_LIFE_MILLIS, id -> watching.forEach(each -> each.response().write(":\n\n")));
    return super.start();
  }

  /** Streams have no end of their own. */
  @Override
  public Future<?> stop() {
    List.copyOf(watching).forEach(each -> each.response().end());
    return super.stop();
  }

  /** Answers for as long as the client stays; so there is no reply that would ever be complete. */
  private Future<Reply> changes(Call call) {
    String id = find(call).productId();
    HttpServerResponse response = call.eventStream();
    Watching watcher = new Watching(id, response);
    watching.add(watcher);
    response.closeHandler(left -> watching.remove(watcher));
    return Promise.<Reply>promise().future();
  }

  private Reply change(Call call) {
    Price old = find(call);
    Object amount = call.jsonObject().getValue("amount");
    if (!(amount instanceof Number number) || number.doubleValue() <= 0) {
      throw Problem.invalid("amount", amount, "a number above 0");
    }
    Price changed = new Price(
        old.productId(),
        new BigDecimal(number.toString()).setScale(2, RoundingMode.HALF_UP),
        old.currency(),
        null);
    prices.put(changed.productId(), changed);
    String event = "event: price\nid: " + ++changes + "\ndata: " + changed.toJson() + "\n\n";
    watching.stream()
        .filter(watcher -> watcher.productId().equals(changed.productId()))
        .forEach(watcher -> watcher.response().write(event));
    return Reply.ok(changed.toJson());
  }

  private Reply price(Call call) {
    return Reply.ok(find(call).toJson());
  }

  private Price find(Call call) {
    Price price = prices.get(call.variable("id"));
    if (price == null) {
      throw Problem.notFound("price of", call.variable("id"));
    }
    return price;
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

package dev.gatehouse.examples.storefront.services;

import static io.vertx.core.http.HttpMethod.GET;
import static io.vertx.core.http.HttpMethod.POST;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What lies in which warehouse.
 *
 * <pre>
 * POST /stock/query       [{productId, warehouse}, …]: those that exist, in no particular order; changes nothing
 * GET  /stock/{productId} all warehouses of a product
 * GET  /deliveries/{productId} an event stream: each step of the next delivery, as events of the type step, until it has arrived
 * </pre>
 */
final class Inventory extends ServiceVerticle {
  private static final int MAX_KEYS = 200;
  private static final List<String> STEPS = List.of("PACKED", "ON_THE_WAY", "ARRIVED");
  /** Deliveries are fast here. */
  private static final long STEP_MILLIS = 100;

  private static final LocalDate TODAY = LocalDate.parse("2026-06-01");

  private final Map<Key, Stock> stocks = stocks();

  private record Key(String productId, String warehouse) {}

  /**
   * @param restockedOn when more arrives; null where enough is there
   * @param shelf internal: where the picker finds it
   */
  private record Stock(Key key, int units, @Nullable LocalDate restockedOn, String shelf) {
    JsonObject toJson() {
      return new JsonObject()
          .put("productId", key.productId())
          .put("warehouse", key.warehouse())
          .put("units", units)
          .put("restockedOn", restockedOn == null ? null : restockedOn.toString())
          .put("shelf", shelf);
    }
  }

  Inventory(int port) {
    super("inventory", port, "max-age=2");
  }

  @Override
  void addTo(Routes routes) {
    routes
        .on(POST, "/stock/query", call -> query(keys(call.jsonArray())))
        .on(GET, "/stock/{productId}", call -> everywhere(call.variable("productId")))
        .onAsync(GET, "/deliveries/{productId}", this::delivery);
  }

  /** Answers step by step; so there is no reply that would ever be complete. */
  private Future<Reply> delivery(Call call) {
    String id = Assortment.get(call.variable("productId")).id();
    HttpServerResponse response = call.eventStream();
    Iterator<String> steps = STEPS.iterator();
    long timer = vertx.setPeriodic(STEP_MILLIS, tick -> {
      JsonObject step = new JsonObject().put("productId", id).put("step", steps.next());
      response.write("event: step\ndata: " + step + "\n\n");
      if (!steps.hasNext()) {
        response.end();
      }
    });
    response.endHandler(ended -> vertx.cancelTimer(timer));
    response.closeHandler(left -> vertx.cancelTimer(timer));
    return Promise.<Reply>promise().future();
  }

  private Reply query(List<Key> keys) {
    List<Stock> found = keys.stream().map(stocks::get).filter(Objects::nonNull).toList();
    return Reply.ok(new Pick(keys.hashCode()).shuffled(found), Stock::toJson);
  }

  private Reply everywhere(String productId) {
    Product product = Assortment.get(productId);
    return query(product.warehouses().stream()
        .map(warehouse -> new Key(product.id(), warehouse))
        .toList());
  }

  private static List<Key> keys(JsonArray body) {
    if (body.size() > MAX_KEYS) {
      throw Problem.invalid("body", body.size() + " keys", "at most " + MAX_KEYS);
    }
    List<Key> keys = new ArrayList<>();
    for (Object each : body) {
      if (each instanceof JsonObject json
          && json.getValue("productId") instanceof String productId
          && json.getValue("warehouse") instanceof String warehouse) {
        keys.add(new Key(productId, warehouse));
      } else {
        throw Problem.invalid(
            "body/" + keys.size(), each, "{\"productId\": \"…\", \"warehouse\": \"…\"}");
      }
    }
    return keys.stream().distinct().toList();
  }

  private static Map<Key, Stock> stocks() {
    Pick pick = new Pick(13);
    Map<Key, Stock> stocks = new LinkedHashMap<>();
    for (Product product : Assortment.PRODUCTS) {
      for (String warehouse : product.warehouses()) {
        Key key = new Key(product.id(), warehouse);
        int units = pick.inPercent(12) ? 0 : pick.between(1, 120);
        stocks.put(
            key,
            new Stock(
                key,
                units,
                units < 5 ? TODAY.plusDays(pick.between(2, 40)) : null,
                pick.oneOf(List.of("A", "B", "C", "D")) + pick.between(10, 99)));
      }
    }
    return Map.copyOf(stocks);
  }
}

package dev.gatehouse.examples.storefront.services;

import static io.vertx.core.http.HttpMethod.DELETE;
import static io.vertx.core.http.HttpMethod.GET;
import static io.vertx.core.http.HttpMethod.PATCH;
import static io.vertx.core.http.HttpMethod.POST;

import io.vertx.core.json.JsonObject;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Shopping carts: {@code {id, lines: [{productId, quantity}], units}}. A cart nobody has put anything into is empty.
 * Each command answers the cart as it is then.
 *
 * <pre>
 * GET    /carts/{id}
 * POST   /carts/{id}/lines               {productId, quantity}: 201; adds to a line that is there already
 * PATCH  /carts/{id}/lines/{productId}   {quantity}
 * DELETE /carts/{id}/lines/{productId}   also where there is no such line
 * </pre>
 *
 * <p>A command with an {@code Idempotency-Key} is carried out once: the same command with the same key again gets the
 * same answer, marked {@code Idempotent-Replayed: true}; another command with that key is refused with 422. The service
 * keeps the last 1,000 carts and the last 1,000 keys.
 */
final class Carts extends ServiceVerticle {
  private static final int MOST_LINES = 50;
  private static final int MOST_OF_ONE = 99;

  private final Map<String, Cart> carts = lastThousand();
  private final Map<String, Done> doneByKey = lastThousand();

  /** A command that was carried out with an idempotency key. */
  private record Done(String command, Reply reply) {}

  /** Immutable; each change makes another one. */
  private record Cart(String id, Map<String, Integer> quantities) {

    Cart with(String productId, int quantity) {
      if (quantity > MOST_OF_ONE) {
        throw new Problem(
            422,
            "quantity: " + quantity + " (expected: at most " + MOST_OF_ONE + " of one product)");
      }
      Map<String, Integer> more = new LinkedHashMap<>(quantities);
      more.put(productId, quantity);
      if (more.size() > MOST_LINES) {
        throw new Problem(
            422, "lines: " + more.size() + " (expected: at most " + MOST_LINES + " in a cart)");
      }
      return new Cart(id, more);
    }

    Cart without(String productId) {
      Map<String, Integer> fewer = new LinkedHashMap<>(quantities);
      fewer.remove(productId);
      return new Cart(id, fewer);
    }

    JsonObject toJson() {
      return new JsonObject()
          .put("id", id)
          .put(
              "lines",
              Reply.array(
                  List.copyOf(quantities.entrySet()),
                  line -> new JsonObject()
                      .put("productId", line.getKey())
                      .put("quantity", line.getValue())))
          .put("units", quantities.values().stream().mapToInt(Integer::intValue).sum());
    }
  }

  Carts(int port) {
    super("carts", port, "no-store");
  }

  @Override
  void addTo(Routes routes) {
    routes
        .on(GET, "/carts/{id}", call -> Reply.ok(cart(call).toJson()))
        .on(POST, "/carts/{id}/lines", call -> once(call, this::add))
        .on(PATCH, "/carts/{id}/lines/{productId}", call -> once(call, this::change))
        .on(DELETE, "/carts/{id}/lines/{productId}", call -> once(call, this::remove));
  }

  private Reply add(Call call) {
    JsonObject body = call.jsonObject();
    if (!(body.getValue("productId") instanceof String productId)
        || Assortment.find(productId) == null) {
      throw Problem.invalid(
          "productId", body.getValue("productId"), "p-1 to p-" + Assortment.PRODUCTS.size());
    }
    Cart cart = cart(call);
    int already = cart.quantities().getOrDefault(productId, 0);
    return Reply.json(201, save(cart.with(productId, already + quantity(body))));
  }

  private Reply change(Call call) {
    Cart cart = cart(call);
    String productId = call.variable("productId");
    if (!cart.quantities().containsKey(productId)) {
      throw Problem.notFound("line", productId);
    }
    return Reply.ok(save(cart.with(productId, quantity(call.jsonObject()))));
  }

  private Reply remove(Call call) {
    return Reply.ok(save(cart(call).without(call.variable("productId"))));
  }

  private Reply once(Call call, Function<Call, Reply> work) {
    String key = call.header("Idempotency-Key");
    if (key == null) {
      return work.apply(call);
    }
    String command = call.request().method() + " " + call.path() + " " + call.body();
    Done done = doneByKey.get(key);
    if (done == null) {
      Reply reply = work.apply(call); // one that is refused changed nothing, and may be tried again
      doneByKey.put(key, new Done(command, reply));
      return reply;
    }
    if (!done.command().equals(command)) {
      throw new Problem(
          422, "Idempotency-Key: " + key + " was used for another command (expected: a new key)");
    }
    return done.reply().with("Idempotent-Replayed", "true");
  }

  private Cart cart(Call call) {
    String id = call.variable("id");
    Cart cart = carts.get(id);
    return cart == null ? new Cart(id, Map.of()) : cart;
  }

  private JsonObject save(Cart cart) {
    carts.put(cart.id(), cart);
    return cart.toJson();
  }

  private static int quantity(JsonObject body) {
    Object value = body.getValue("quantity");
    if (value instanceof Integer quantity && quantity >= 1 && quantity <= MOST_OF_ONE) {
      return quantity;
    }
    throw Problem.invalid("quantity", value, "1 to " + MOST_OF_ONE);
  }

  private static <V> Map<String, V> lastThousand() {
    return new LinkedHashMap<>(16, 0.75f, true) {
      private static final long serialVersionUID = 1L;

      @Override
      protected boolean removeEldestEntry(Map.Entry<String, V> eldest) {
        return size() > 1000;
      }
    };
  }
}

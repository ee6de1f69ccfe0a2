package dev.gatehouse.benchmarks.spliced;

import io.vertx.core.http.HttpServerResponse;
import org.jspecify.annotations.Nullable;

/** Collects the replies for one page and splices their bytes when the last one is in. Used by one event loop. */
final class ProductPage {
  private static final byte[] BEFORE_ID = JsonBytes.of("{\"id\":");
  private static final byte[] BEFORE_PRODUCT = JsonBytes.of(",\"product\":");
  private static final byte[] BEFORE_PRICE = JsonBytes.of(",\"price\":");
  private static final byte[] BEFORE_STOCK = JsonBytes.of(",\"stock\":");
  private static final byte[] BEFORE_REVIEWS = JsonBytes.of(",\"reviews\":[");
  private static final byte[] BEFORE_RECOMMENDATIONS = JsonBytes.of("],\"recommendations\":");
  private static final byte[] NO_RECOMMENDATIONS = JsonBytes.of("[]");
  private static final byte[] END = JsonBytes.of("}");
  private static final byte[] IDS = JsonBytes.of("ids");
  /** Room for what a page has beyond the bytes of the services. */
  private static final int OVERHEAD = 512;

  private final Services services;
  private final String id;
  private final HttpServerResponse response;
  private Reply product = Reply.NONE;
  private Reply price = Reply.NONE;
  private Reply stock = Reply.NONE;
  private Reply recommendations = Reply.NONE;
  private Reply users = Reply.NONE;
  private @Nullable Reviews reviews;
  private int outstanding = 5;

  ProductPage(Services services, String id, HttpServerResponse response) {
    this.services = services;
    this.id = id;
    this.response = response;
  }

  void start() {
    services.products().get("/products/" + id, reply -> {
      product = reply;
      settled();
    });
    services.prices().get("/prices/" + id, reply -> {
      price = reply;
      settled();
    });
    services.stock().get("/stock/" + id, reply -> {
      stock = reply;
      settled();
    });
    services.recommendations().get("/recommendations/" + id, reply -> {
      recommendations = reply;
      settled();
    });
    services.reviews().get("/reviews?product=" + id, this::reviewsCame);
  }

  private void reviewsCame(Reply reply) {
    if (!reply.isOk()) {
      settled();
      return;
    }
    Reviews found = new Reviews(reply.body());
    reviews = found;
    if (found.isEmpty()) {
      users = Reply.EMPTY_LIST;
      settled();
      return;
    }
    services.users().get(found.authorsUri(), authors -> {
      users = authors;
      settled();
    });
  }

  private void settled() {
    if (--outstanding > 0) {
      return;
    }
    if (product.isNotFound()) {
      Responses.notFound(response);
    } else if (reviews == null
        || !(product.isOk() && price.isOk() && stock.isOk() && users.isOk())) {
      Responses.upstreamFailed(response);
    } else {
      Responses.ok(response, splice(reviews));
    }
  }

  private JsonBytes splice(Reviews reviews) {
    int capacity = product.body().length
        + price.body().length
        + stock.body().length
        + reviews.length()
        + users.body().length
        + recommendations.body().length
        + OVERHEAD;
    JsonBytes page = new JsonBytes(capacity)
        .add(BEFORE_ID)
        .add(JsonBytes.of(id))
        .add(BEFORE_PRODUCT)
        .add(product.body())
        .add(BEFORE_PRICE)
        .add(price.body())
        .add(BEFORE_STOCK)
        .add(stock.body())
        .add(BEFORE_REVIEWS);
    reviews.addTo(page, new Authors(users.body()));
    page.add(BEFORE_RECOMMENDATIONS);
    addRecommendations(page);
    return page.add(END);
  }

  private void addRecommendations(JsonBytes page) {
    if (recommendations.isOk()) {
      JsonScanner scanner = new JsonScanner(recommendations.body(), 0);
      scanner.enter();
      while (scanner.nextMember()) {
        if (scanner.isNamed(IDS)) {
          page.add(recommendations.body(), scanner.valueStart(), scanner.position());
          return;
        }
      }
    }
    page.add(NO_RECOMMENDATIONS);
  }
}

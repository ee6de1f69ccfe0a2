package dev.gatehouse.benchmarks.workload;

/** The shop's services, in the order of {@link Endpoints}. */
enum Service {
  /** {@code GET /products/{id}} */
  PRODUCTS,
  /** {@code GET /prices/{id}} and {@code GET /prices?ids=1,2} */
  PRICES,
  /** {@code GET /stock/{id}} */
  STOCK,
  /** {@code GET /reviews?product={id}} */
  REVIEWS,
  /** {@code GET /users/{id}} and {@code GET /users?ids=1,2} */
  USERS,
  /** {@code GET /recommendations/{id}} */
  RECOMMENDATIONS
}

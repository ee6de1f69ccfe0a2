package dev.gatehouse.benchmarks.workload;

import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;

/** What a contestant is asked for. */
public enum Job {
  /**
   * One product, passed through: {@code GET /api/products/{id}}, one upstream call. 404 stays 404, any other failure is a
   * 502.
   */
  PROXY("/api/products/", 1000),
  /**
   * The product page: {@code GET /api/product-page/{id}}. Product, price, stock, reviews and recommendations in parallel;
   * once the reviews are in, one call for all their distinct authors. Each call has three seconds, recommendations have
   * 500 ms and are {@code []} where they fail. An unknown product is a 404, any other failure a 502.
   */
  PAGE("/api/product-page/", 300);

  /** Ids above are kept for failures. */
  private static final int LAST_HEALTHY_PRODUCT = 900;

  private final String path;
  private final int defaultRate;

  Job(String path, int defaultRate) {
    this.path = path;
    this.defaultRate = defaultRate;
  }

  /**
   * Finds a job by its name in lower case.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static Job named(String name) {
    for (Job job : values()) {
      if (job.toString().equals(name)) {
        return job;
      }
    }
    throw new IllegalArgumentException("job: " + name + " (expected: page or proxy)");
  }

  /** The path that asks for a product. */
  public String path(int product) {
    return path + product;
  }

  /** The paths of all products that answer healthily, shuffled alike in each run. */
  public List<String> healthyPaths() {
    return new SplittableRandom(1)
        .ints(LAST_HEALTHY_PRODUCT, 1, LAST_HEALTHY_PRODUCT + 1)
        .mapToObj(this::path)
        .toList();
  }

  /** Requests per second for the measurement at a fixed rate: well below what any contestant can do on one core. */
  public int defaultRate() {
    return defaultRate;
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}

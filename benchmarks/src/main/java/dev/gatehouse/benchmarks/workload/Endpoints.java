package dev.gatehouse.benchmarks.workload;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The ports of the shop's services on 127.0.0.1. A contestant reads them from its environment, with the port it is to
 * listen on.
 */
public record Endpoints(
    int products, int prices, int stock, int reviews, int users, int recommendations) {
  private static final List<String> VARIABLES = List.of(
      "PRODUCTS_PORT",
      "PRICES_PORT",
      "STOCK_PORT",
      "REVIEWS_PORT",
      "USERS_PORT",
      "RECOMMENDATIONS_PORT");

  /**
   * Reads the ports that the harness set.
   *
   * @throws IllegalArgumentException if one is missing or no number
   */
  public static Endpoints fromEnvironment() {
    return of(VARIABLES.stream().map(Endpoints::portFromEnvironment).toList());
  }

  /**
   * Reads the port that the contestant is to listen on.
   *
   * @throws IllegalArgumentException if it is missing or no number
   */
  public static int ownPort() {
    return portFromEnvironment("PORT");
  }

  /** The ports as the variables that {@link #fromEnvironment()} reads. */
  public Map<String, String> toEnvironment() {
    List<Integer> ports = ports();
    Map<String, String> environment = new LinkedHashMap<>();
    for (int i = 0; i < ports.size(); i++) {
      environment.put(VARIABLES.get(i), ports.get(i).toString());
    }
    return environment;
  }

  /** In the order of {@link Service}. */
  List<Integer> ports() {
    return List.of(products, prices, stock, reviews, users, recommendations);
  }

  /** From ports in the order of {@link Service}. */
  static Endpoints of(List<Integer> ports) {
    return new Endpoints(
        ports.get(0), ports.get(1), ports.get(2), ports.get(3), ports.get(4), ports.get(5));
  }

  private static int portFromEnvironment(String variable) {
    String value = System.getenv(variable);
    if (value == null) {
      throw new IllegalArgumentException(
          variable + ": not set (expected: a port; the harness sets it)");
    }
    return Integer.parseInt(value);
  }
}

package dev.gatehouse.examples.storefront.services;

/**
 * Where the services listen, on 127.0.0.1; 0 stands for any free port.
 *
 * @param control the server that lists, stops and starts the services
 */
public record Ports(
    int control,
    int catalog,
    int pricing,
    int inventory,
    int reviews,
    int users,
    int recommendations,
    int carts) {

  /** 7100 for control, 7101 to 7107 for the services. */
  public static final Ports DEFAULT = from(7100);

  /** Any free ports, as tests want them. */
  public static final Ports ANY_FREE = new Ports(0, 0, 0, 0, 0, 0, 0, 0);

  /**
   * Consecutive ports, control first.
   *
   * @throws IllegalArgumentException where one of them would be no port
   */
  public static Ports from(int first) {
    int highest = 65_535 - DemoService.values().length;
    if (first < 1 || first > highest) {
      throw new IllegalArgumentException(
          "first port: " + first + " (expected: 1 to " + highest + ")");
    }
    return new Ports(
        first, first + 1, first + 2, first + 3, first + 4, first + 5, first + 6, first + 7);
  }

  /** A service's port. */
  public int of(DemoService service) {
    return switch (service) {
      case CATALOG -> catalog;
      case PRICING -> pricing;
      case INVENTORY -> inventory;
      case REVIEWS -> reviews;
      case USERS -> users;
      case RECOMMENDATIONS -> recommendations;
      case CARTS -> carts;
    };
  }
}

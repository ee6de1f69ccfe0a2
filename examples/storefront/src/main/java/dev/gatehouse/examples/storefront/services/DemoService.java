package dev.gatehouse.examples.storefront.services;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** The shop's services. */
public enum DemoService {
  CATALOG("/products/p-1"),
  PRICING("/prices?ids=p-1,p-2"),
  INVENTORY("/stock/p-1"),
  REVIEWS("/reviews?product=p-1"),
  USERS("/users?ids=u-1,u-2"),
  RECOMMENDATIONS("/recommendations/p-1"),
  CARTS("/carts/c-1");

  private final String example;

  DemoService(String example) {
    this.example = example;
  }

  /** The service of a label such as {@code "catalog"}; empty where there is none. */
  public static Optional<DemoService> labelled(String label) {
    return Arrays.stream(values())
        .filter(service -> service.label().equals(label))
        .findFirst();
  }

  /** Its name in the mesh and in paths, in lower case. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** A path worth trying. */
  String example() {
    return example;
  }

  ServiceVerticle verticle(int port) {
    return switch (this) {
      case CATALOG -> new Catalog(port);
      case PRICING -> new Pricing(port);
      case INVENTORY -> new Inventory(port);
      case REVIEWS -> new Reviews(port);
      case USERS -> new Users(port);
      case RECOMMENDATIONS -> new Recommendations(port);
      case CARTS -> new Carts(port);
    };
  }
}

package dev.gatehouse.benchmarks.gatehouse;

import static dev.gatehouse.dsl.Access.anyone;
import static dev.gatehouse.rest.RestDoor.rest;

import dev.gatehouse.dsl.Bff;

/** The shop's pages by REST. */
public final class GatehousePage {
  private static final Bff BFF = Bff.named("shop")
      .open(rest()
          .get("/api/products/{id}", ProductPages.PROXY)
          .allow(anyone())
          .get("/api/product-page/{id}", ProductPages.PAGE)
          .allow(anyone()));

  private GatehousePage() {}

  /** Serves until the process is ended. */
  public static void main(String[] args) throws Exception {
    ShopBff.serve(BFF);
  }
}

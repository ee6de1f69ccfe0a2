package dev.gatehouse.benchmarks.gatehouse;

import static dev.gatehouse.dsl.Access.anyone;
import static dev.gatehouse.graphql.GraphqlDoor.graphql;
import static dev.gatehouse.rest.RestDoor.rest;

import dev.gatehouse.dsl.Bff;

/** The shop's products by GraphQL and, for comparison, the same composites by REST. */
public final class GatehouseQuery {
  private static final Bff BFF = Bff.named("shop")
      .open(graphql()
          .query("product", ProductViews.ONE)
          .allow(anyone())
          .query("products", ProductViews.MANY)
          .allow(anyone()))
      .open(rest()
          .get("/api/product-views/{id}", ProductViews.ONE)
          .allow(anyone())
          .get("/api/product-views", ProductViews.MANY)
          .allow(anyone()));

  private GatehouseQuery() {}

  /** Serves until the process is ended. */
  public static void main(String[] args) throws Exception {
    ShopBff.serve(BFF);
  }
}

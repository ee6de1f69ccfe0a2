package dev.gatehouse.examples.storefront.services;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;

/**
 * What the catalog knows of a product.
 *
 * @param images paths, relative to wherever a frontend keeps its pictures
 * @param supplierId internal: no business of a frontend's
 * @param supplierCost internal, in euros: even less
 */
record Product(
    String id,
    String name,
    String description,
    String brand,
    String category,
    List<String> warehouses,
    List<String> images,
    Instant createdAt,
    String supplierId,
    BigDecimal supplierCost) {

  JsonObject toJson() {
    return new JsonObject()
        .put("id", id)
        .put("name", name)
        .put("description", description)
        .put("brand", brand)
        .put("category", category)
        .put("warehouses", new JsonArray(warehouses))
        .put("images", new JsonArray(images))
        .put("createdAt", createdAt)
        .put("supplierId", supplierId)
        .put("supplierCost", supplierCost);
  }
}

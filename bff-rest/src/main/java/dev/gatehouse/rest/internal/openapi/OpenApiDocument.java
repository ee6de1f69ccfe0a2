package dev.gatehouse.rest.internal.openapi;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** An OpenAPI 3.1 document of a door's routes. */
public final class OpenApiDocument {
  private OpenApiDocument() {}

  /**
   * Writes the document.
   *
   * @param bff the BFF's name
   */
  public static JsonObject of(String bff, List<DescribedRoute> routes) {
    Schemas schemas = new Schemas();
    OperationWriter writer = new OperationWriter(schemas);
    Map<String, JsonObject> paths = new LinkedHashMap<>();
    Map<String, Integer> ids = new HashMap<>();
    for (DescribedRoute route : routes) {
      JsonObject operation = writer.operation(route, operationId(route, ids));
      paths
          .computeIfAbsent(route.path(), path -> new JsonObject())
          .put(route.method().toLowerCase(Locale.ROOT), operation);
    }
    JsonObject document = new JsonObject()
        .put("openapi", "3.1.0")
        .put(
            "info",
            new JsonObject()
                .put("title", bff)
                .put("version", "1")
                .put(
                    "description",
                    "Generated from the contracts of the backend for the frontend `" + bff + "`."))
        .put("servers", new JsonArray().add(new JsonObject().put("url", "/")))
        .put("security", new JsonArray());
    JsonObject all = new JsonObject();
    paths.forEach(all::put);
    document.put("paths", all);
    ProblemResponses.addTo(schemas);
    return document.put(
        "components",
        new JsonObject()
            .put("schemas", schemas.named())
            .put("responses", ProblemResponses.all())
            .put("headers", ResponseHeaders.all()));
  }

  /** The composite's name; with the method and a number where a composite stands behind several routes. */
  private static String operationId(DescribedRoute route, Map<String, Integer> ids) {
    String name =
        Character.toLowerCase(route.composite().charAt(0)) + route.composite().substring(1);
    int count = ids.merge(name, 1, Integer::sum);
    return count == 1 ? name : name + count;
  }
}

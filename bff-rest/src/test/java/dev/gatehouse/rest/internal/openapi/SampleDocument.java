package dev.gatehouse.rest.internal.openapi;

import static dev.gatehouse.rest.Types.BOOLEAN;
import static dev.gatehouse.rest.Types.DECIMAL;
import static dev.gatehouse.rest.Types.INT;
import static dev.gatehouse.rest.Types.STRING;
import static dev.gatehouse.rest.Types.enumeration;
import static dev.gatehouse.rest.Types.list;
import static dev.gatehouse.rest.Types.nullable;
import static dev.gatehouse.rest.Types.record;
import static dev.gatehouse.rest.Types.required;
import static dev.gatehouse.rest.Types.scalar;
import static dev.gatehouse.rest.Types.union;

import dev.gatehouse.dsl.contract.DataType;
import dev.gatehouse.dsl.contract.DataType.Component;
import dev.gatehouse.dsl.contract.DataType.MapType;
import dev.gatehouse.dsl.contract.JsonKind;
import dev.gatehouse.dsl.graph.Json;
import dev.gatehouse.dsl.graph.Node.ArgumentSpec;
import dev.gatehouse.rest.Types.RecordFixture;
import dev.gatehouse.rest.Types.UnionFixture;
import dev.gatehouse.rest.internal.fields.ArgumentSlot;
import dev.gatehouse.rest.internal.input.InputBindingCompiler;
import dev.gatehouse.rest.internal.input.InputSources;
import dev.gatehouse.rest.internal.routing.PathTemplate;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A document with everything in it that a door can describe. */
final class SampleDocument {
  private static final RecordFixture PRICE =
      record("Price", required("amount", DECIMAL), required("currency", STRING));
  private static final UnionFixture MEDIA = union(
      "Media",
      record("Image", required("url", STRING)),
      record("Clip", required("url", STRING), required("seconds", INT)));
  private static final RecordFixture REVIEW = record(
      "Review",
      required("rating", INT),
      nullable("author", record("User", required("name", STRING))));
  private static final RecordFixture PAGE = record(
      "ProductPage",
      required("id", scalar("UUID", JsonKind.STRING, UUID.class)),
      new Component("name", "name", STRING, false, "What it is called & <sold> as.", null),
      required("price", PRICE),
      nullable("offer", PRICE),
      required("reviews", list(REVIEW)),
      required("media", list(MEDIA)),
      required("labels", new MapType(STRING, true, Map.class)),
      nullable("extra", new DataType.AnyType(Object.class)),
      nullable("since", scalar("Instant", JsonKind.STRING, Instant.class)),
      new Component("sku", "sku", STRING, true, null, "Use id."));

  private SampleDocument() {}

  static JsonObject create() {
    PAGE.add(nullable("similar", PAGE));
    ArgumentSpec first = new ArgumentSpec(
        PAGE, PAGE.field("reviews"), "first", INT, Json.of("10"), 1L, 50L, "How many.");
    RecordFixture search = record(
        "Search",
        required("term", STRING),
        required("size", INT),
        required("tags", list(STRING)),
        nullable("sort", enumeration("Sort", "PRICE", "NAME")),
        nullable("region", STRING));
    RecordFixture line = record(
        "AddLine",
        required("cart", STRING),
        required("sku", STRING),
        required("quantity", INT),
        nullable("gift", BOOLEAN));
    return OpenApiDocument.of(
        "storefront-web",
        List.of(
            route(
                "GET",
                "/api/product-pages/{id}",
                "ProductPage",
                STRING,
                PAGE,
                200,
                null,
                List.of(new ArgumentSlot("reviews.first", 0, first)),
                Map.of(),
                Map.of()),
            route(
                "GET",
                "/api/products",
                "ProductSearch",
                search,
                list(PAGE),
                200,
                "name,price(amount)",
                List.of(),
                Map.of("x-region", "region"),
                Map.of("size", "20".getBytes(StandardCharsets.UTF_8))),
            route(
                "POST",
                "/api/carts/{cart}/lines",
                "AddLine",
                line,
                PRICE,
                201,
                null,
                List.of(),
                Map.of(),
                Map.of("quantity", "1".getBytes(StandardCharsets.UTF_8))),
            route(
                "POST",
                "/api/import",
                "Import",
                list(PRICE),
                INT,
                200,
                null,
                List.of(),
                Map.of(),
                Map.of()),
            route(
                "DELETE",
                "/api/carts/{cart}",
                "ClearCart",
                STRING,
                null,
                204,
                null,
                List.of(),
                Map.of(),
                Map.of())));
  }

  private static DescribedRoute route(
      String method,
      String path,
      String composite,
      @Nullable DataType input,
      @Nullable DataType output,
      int status,
      @Nullable String fields,
      List<ArgumentSlot> arguments,
      Map<String, String> headers,
      Map<String, byte[]> defaults) {
    InputBindingCompiler compiler = new InputBindingCompiler(
        input,
        new InputSources(PathTemplate.parse(path), method.startsWith("P"), headers, defaults));
    return new DescribedRoute(
        method,
        path,
        composite,
        compiler.compile(),
        output,
        status,
        fields,
        arguments,
        method.equals("GET"));
  }
}

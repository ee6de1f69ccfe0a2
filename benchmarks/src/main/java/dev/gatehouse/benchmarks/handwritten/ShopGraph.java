package dev.gatehouse.benchmarks.handwritten;

import graphql.schema.DataFetchingEnvironment;
import graphql.schema.GraphQLSchema;
import graphql.schema.idl.RuntimeWiring;
import graphql.schema.idl.SchemaGenerator;
import graphql.schema.idl.SchemaParser;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.dataloader.DataLoader;
import org.dataloader.DataLoaderFactory;
import org.dataloader.DataLoaderRegistry;
import org.jspecify.annotations.Nullable;

/** The shop's schema for GraphQL Java: fetchers for products and reviews, data loaders for prices and users. */
final class ShopGraph {
  private static final String SCHEMA = """
      type Query { product(id: Int!): Product  products(ids: [Int!]!): [Product!] }
      type Product {
        id: Int!  name: String!  brand: String!  description: String!
        price: Price  stock: Stock  reviews: [Review!]!
      }
      type Price { amount: Float!  currency: String! }
      type Stock { warehouse: String!  qty: Int! }
      type Review { id: Int!  rating: Int!  title: String!  text: String!  author: User }
      type User { id: Int!  name: String!  avatar: String! }
      """;

  private final ShopClient shop;

  ShopGraph(ShopClient shop) {
    this.shop = shop;
  }

  GraphQLSchema schema() {
    RuntimeWiring wiring = RuntimeWiring.newRuntimeWiring()
        .type(
            "Query",
            type -> type.dataFetcher("product", asking -> product(argument(asking, "id")))
                .dataFetcher("products", asking -> products(argument(asking, "ids"))))
        .type(
            "Product",
            type -> type.dataFetcher("price", asking -> loaded("prices", asking, "id"))
                .dataFetcher("stock", asking -> stock(id(asking)))
                .dataFetcher("reviews", asking -> reviews(id(asking))))
        .type(
            "Review",
            type -> type.dataFetcher("author", asking -> loaded("users", asking, "authorId")))
        .build();
    return new SchemaGenerator().makeExecutableSchema(new SchemaParser().parse(SCHEMA), wiring);
  }

  /** Those of one request. */
  DataLoaderRegistry loaders() {
    return DataLoaderRegistry.newRegistry()
        .register("users", loader(shop::users, "id"))
        .register("prices", loader(shop::prices, "productId"))
        .build();
  }

  private CompletionStage<@Nullable Map<String, Object>> product(int id) {
    return shop.product(String.valueOf(id))
        .map(JsonObject::getMap)
        .recover(failure -> failure instanceof ShopException shopFailure && shopFailure.isNotFound()
            ? Future.succeededFuture()
            : Future.failedFuture(failure))
        .toCompletionStage();
  }

  private CompletionStage<List<Map<String, Object>>> products(List<Integer> ids) {
    List<Future<JsonObject>> each =
        ids.stream().map(id -> shop.product(String.valueOf(id))).toList();
    return Future.all(each)
        .map(all -> each.stream().map(product -> product.result().getMap()).toList())
        .toCompletionStage();
  }

  private CompletionStage<Map<String, Object>> stock(String id) {
    return shop.stock(id).map(JsonObject::getMap).toCompletionStage();
  }

  private CompletionStage<List<?>> reviews(String id) {
    return shop.reviews(id).<List<?>>map(JsonArray::getList).toCompletionStage();
  }

  private static String id(DataFetchingEnvironment asking) {
    return String.valueOf(source(asking).get("id"));
  }

  private static CompletableFuture<Object> loaded(
      String loader, DataFetchingEnvironment asking, String key) {
    DataLoader<Object, Object> found = Objects.requireNonNull(asking.getDataLoader(loader));
    return found.load(Objects.requireNonNull(source(asking).get(key)));
  }

  private static <T> T argument(DataFetchingEnvironment asking, String name) {
    return Objects.requireNonNull(asking.<T>getArgument(name));
  }

  private static Map<String, Object> source(DataFetchingEnvironment asking) {
    return Objects.requireNonNull(asking.<Map<String, Object>>getSource());
  }

  private static DataLoader<Integer, Object> loader(
      Function<Collection<Integer>, Future<JsonArray>> call, String key) {
    return DataLoaderFactory.newMappedDataLoader(ids -> call.apply(ids)
        .map(found -> {
          Map<Integer, Object> byKey = new HashMap<>();
          for (int i = 0; i < found.size(); i++) {
            JsonObject each = found.getJsonObject(i);
            byKey.put(each.getInteger(key), each.getMap());
          }
          return byKey;
        })
        .toCompletionStage());
  }
}

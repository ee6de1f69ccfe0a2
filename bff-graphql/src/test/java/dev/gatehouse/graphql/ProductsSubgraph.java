package dev.gatehouse.graphql;

import static dev.gatehouse.dsl.Access.anyone;
import static dev.gatehouse.dsl.Verbs.object;
import static dev.gatehouse.graphql.GraphqlDoor.graphql;
import static dev.gatehouse.graphql.Subgraph.subgraph;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.gatehouse.dsl.Composite;
import dev.gatehouse.dsl.JavaOperation;
import dev.gatehouse.dsl.Operation;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The subgraph and the data that the compatibility tests of Apollo Federation ask for. */
final class ProductsSubgraph {
  record Email(String value) {}

  record CaseNumber(String value) {}

  record ProductVariation(String id) {}

  record ProductDimension(
      @Nullable String size,
      @Nullable Double weight,
      @Nullable String unit) {}

  record CaseStudy(CaseNumber caseNumber, @Nullable String description) {}

  record ProductResearch(CaseStudy study, @Nullable String outcome) {}

  record User(
      @Nullable Integer averageProductsCreatedPerYear,
      Email email,
      @Nullable String name,
      @Nullable Integer totalProductsCreated,
      int yearsOfEmployment) {}

  record Product(
      String id,
      @Nullable String sku,
      @JsonProperty("package") @Nullable String ofPackage,
      @Nullable ProductVariation variation,
      @Nullable ProductDimension dimensions,
      @Nullable User createdBy,
      @Nullable String notes,
      List<ProductResearch> research) {}

  record DeprecatedProduct(
      String sku,
      @JsonProperty("package") String ofPackage,
      @Nullable String reason,
      @Nullable User createdBy) {}

  record Inventory(String id, List<DeprecatedProduct> deprecatedProducts) {}

  record Package(String sku, @JsonProperty("package") String ofPackage) {}

  record Variation(String sku, ProductVariation variation) {}

  record Case(CaseNumber caseNumber) {}

  record Research(Case study) {}

  /** What a gateway knows of a user: the key, and what is required of other subgraphs. */
  record KnownUser(
      Email email,
      @Nullable Integer totalProductsCreated,
      @Nullable Integer yearsOfEmployment) {}

  private static final ProductDimension DIMENSIONS = new ProductDimension("small", 1.0, "kg");
  private static final User JANE =
      new User(null, new Email("support@apollographql.com"), "Jane Smith", 1337, 10);
  private static final DeprecatedProduct OLD = new DeprecatedProduct(
      "apollo-federation-v1", "@apollo/federation-v1", "Migrate to Federation V2", JANE);
  private static final ProductResearch FEDERATION =
      new ProductResearch(new CaseStudy(new CaseNumber("1234"), "Federation Study"), null);
  private static final ProductResearch STUDIO =
      new ProductResearch(new CaseStudy(new CaseNumber("1235"), "Studio Study"), null);
  private static final List<Product> PRODUCTS = List.of(
      new Product(
          "apollo-federation",
          "federation",
          "@apollo/federation",
          new ProductVariation("OSS"),
          DIMENSIONS,
          JANE,
          null,
          List.of(FEDERATION)),
      new Product(
          "apollo-studio",
          "studio",
          "",
          new ProductVariation("platform"),
          DIMENSIONS,
          JANE,
          null,
          List.of(STUDIO)));

  private static final Composite<String, Product> BY_ID = by(
      "productById",
      String.class,
      Product.class,
      id -> PRODUCTS.stream().filter(product -> product.id().equals(id)));
  private static final Composite<Package, Product> BY_PACKAGE = by(
      "productByPackage",
      Package.class,
      Product.class,
      key -> PRODUCTS.stream()
          .filter(product ->
              key.sku().equals(product.sku()) && key.ofPackage().equals(product.ofPackage())));
  private static final Composite<Variation, Product> BY_VARIATION = by(
      "productByVariation",
      Variation.class,
      Product.class,
      key -> PRODUCTS.stream()
          .filter(product ->
              key.sku().equals(product.sku()) && key.variation().equals(product.variation())));
  private static final Composite<Package, DeprecatedProduct> OLD_BY_PACKAGE = by(
      "deprecatedProduct",
      Package.class,
      DeprecatedProduct.class,
      key -> Stream.of(OLD)
          .filter(old -> old.sku().equals(key.sku()) && old.ofPackage().equals(key.ofPackage())));
  private static final Composite<Research, ProductResearch> RESEARCH = by(
      "research",
      Research.class,
      ProductResearch.class,
      key -> Stream.of(FEDERATION, STUDIO)
          .filter(known -> known.study().caseNumber().equals(key.study().caseNumber())));
  private static final Composite<String, Inventory> INVENTORY = by(
      "inventory", String.class, Inventory.class, id -> Stream.of(new Inventory(id, List.of(OLD))));

  private static final JavaOperation<KnownUser, User> USER = Operation.inJava(
          "user", KnownUser.class, User.class, ProductsSubgraph::user)
      .perItemUpTo(100);
  private static final Composite<KnownUser, User> BY_EMAIL = Composite.named(
      "UserByEmail", KnownUser.class, known -> object(User.class).from(USER.call(known)));

  private ProductsSubgraph() {}

  private static CompletableFuture<User> user(KnownUser known) {
    Integer made = known.totalProductsCreated();
    Integer years = known.yearsOfEmployment();
    return CompletableFuture.completedFuture(new User(
        made == null || years == null ? null : made / years,
        known.email(),
        "Jane Smith",
        made == null ? 1337 : made,
        years == null ? 10 : years));
  }

  private static <K, T> Composite<K, T> by(
      String name, Class<K> key, Class<T> type, Function<K, Stream<T>> find) {
    JavaOperation<K, T> operation = Operation.<K, T>inJava(
            name,
            key,
            type,
            given ->
                CompletableFuture.completedFuture(find.apply(given).findFirst().orElse(null)))
        .perItemUpTo(100);
    return Composite.named(
        Character.toUpperCase(name.charAt(0)) + name.substring(1), key, operation::call);
  }

  static GraphqlDoor door() {
    return graphql()
        .query("product", BY_ID)
        .allow(anyone())
        .query("deprecatedProduct", OLD_BY_PACKAGE)
        .allow(anyone())
        .deprecated("Use product query instead")
        .named(Email.class, "ID")
        .named(CaseNumber.class, "ID")
        .federated(subgraph(anyone())
            .entity(BY_ID, anyone())
            .entity(BY_PACKAGE, anyone())
            .entity(BY_VARIATION, anyone())
            .entity(OLD_BY_PACKAGE, anyone())
            .entity(RESEARCH, anyone())
            .entityBy("email", BY_EMAIL, anyone())
            .interfaceObject(Inventory.class)
            .entity(INVENTORY, anyone())
            .shareable(ProductDimension.class)
            .inaccessible(ProductDimension.class, "unit")
            .tag("internal", Product.class, "notes")
            .provides(Product.class, "createdBy", "totalProductsCreated")
            .external(User.class, "totalProductsCreated")
            .external(User.class, "yearsOfEmployment")
            .requires(
                User.class,
                "averageProductsCreatedPerYear",
                "totalProductsCreated yearsOfEmployment")
            .override(User.class, "name", "users"));
  }
}

package dev.gatehouse.graphql;

import static dev.gatehouse.dsl.Access.anyone;
import static dev.gatehouse.graphql.GraphqlDoor.graphql;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.dsl.finding.DefinitionException;
import dev.gatehouse.dsl.finding.Finding;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What contracts look like in GraphQL. */
class SchemaTest {
  private static final Path GOLDEN = Path.of("src/test/resources/shop.graphqls");

  static GraphqlDoor shop() {
    return graphql()
        .query("productPage", Shop.PAGE)
        .allow(anyone())
        .describedAs("All of a product's page.")
        .query("products", Shop.SEARCH)
        .allow(anyone())
        .byDefault("size", 20)
        .query("sample", Shop.SAMPLER)
        .allow(anyone())
        .argument("sku")
        .query("who", Shop.WHO)
        .allow(anyone())
        .deprecated("Ask somebody else.")
        .mutation("addToCart", Shop.ADD_LINE)
        .allow(anyone())
        .mutation("pay", Shop.PAY_ORDER)
        .allow(anyone())
        .input("order")
        .mutation("clearCart", Shop.CLEAR_CART)
        .allow(anyone())
        .argument("cart");
  }

  @Test
  void theSchemaIsWhatTheContractsSay() throws IOException {
    assertThat(shop().findings()).extracting(Finding::message).isEmpty();
    if (Boolean.getBoolean("gatehouse.golden.write")) {
      Files.writeString(GOLDEN, shop().sdl());
    }

    assertThat(shop().sdl())
        .isEqualTo(Files.readString(GOLDEN))
        .isEqualTo(shop().sdl());
  }

  @Test
  void aContractThatHoldsIsNoFinding() {
    assertThat(shop().contract("shop.graphqls").findings()).isEmpty();
  }

  @Test
  void everyChangeToTheContractIsTold(@TempDir Path folder) throws IOException {
    Path contract = folder.resolve("old.graphqls");
    Files.writeString(
        contract,
        shop()
            .sdl()
            .replace("  vat: String!", "  vat: String!\n  duns: String")
            .replace("  NAME\n", "")
            .replace("size: Int! = 20", "size: Int"));

    assertThat(shop().contract(contract.toString()).findings())
        .singleElement()
        .extracting(Finding::message)
        .asString()
        .contains("its schema is not that of the contract")
        .containsPattern("breaking: .*'Company.duns'")
        .containsPattern("dangerous: .*'NAME'")
        .contains("'Query.products'");
    assertThat(shop().contract(contract.toString()).sdl()).isEqualTo(shop().sdl());
  }

  @Test
  void aContractThatIsNowhereOrNoSchemaIsAFinding(@TempDir Path folder) throws IOException {
    Path broken = folder.resolve("broken.graphqls");
    Files.writeString(broken, "type {");

    assertThat(shop().contract("no.graphqls").findings())
        .singleElement()
        .extracting(Finding::message)
        .asString()
        .contains("contract no.graphqls is nowhere");
    assertThat(shop().contract(broken.toString()).findings())
        .singleElement()
        .extracting(Finding::message)
        .asString()
        .contains("is no schema");
  }

  @Test
  void aDoorThatIsNotSoundHasNoSchema() {
    GraphqlDoor door = graphql().query("__who", Shop.WHO).allow(anyone());

    assertThatThrownBy(door::sdl)
        .isInstanceOf(DefinitionException.class)
        .hasMessageContaining("GH-301");
  }
}

package dev.gatehouse.graphql;

import static dev.gatehouse.dsl.Access.anyone;
import static dev.gatehouse.graphql.GraphqlDoor.graphql;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.testing.OpenedDoor;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Names near to a wrong one are told in development, and to nobody else. */
class SuggestionsTest {
  private static final GraphqlDoor DOOR = graphql()
      .query("productPage", Shop.PAGE)
      .allow(anyone())
      .query("sample", Shop.SAMPLER)
      .allow(anyone())
      .argument("sku");

  private static final String CASES = """
      { productPag(id: 1) { name } }                                    | productPage
      { productPage(id: 1) { naem } }                                   | name
      { productPage(id: 1) { reviews { author { nam } } } }             | name
      { productPage(ids: 1) { name } }                                  | id
      { productPage(id: 1) { reviews(frist: 1) { rating } } }           | first
      { productPage(id: 1) { ...F } } fragment F on ProductPage { nme } | name
      { sample(sku: 1) { media { ... on Imag { url } } } }              | Image
      { sample(sku: 1) { media { ... on Image { ur } } } }              | url
      query Q($id: Strin) { productPage(id: $id) { name } }             | String
      """;

  @ParameterizedTest
  @CsvSource(textBlock = CASES, delimiter = '|')
  void inDevelopmentTheNearestNameIsAskedFor(String document, String meant) {
    assertThat(messages(document, true)).contains("Did you mean '" + meant + "'?");
  }

  @ParameterizedTest
  @CsvSource(textBlock = CASES, delimiter = '|')
  void elsewhereNoNameIsTold(String document, String meant) {
    assertThat(messages(document, false))
        .contains("GRAPHQL_VALIDATION_FAILED")
        .doesNotContain("Did you mean")
        .doesNotContain("'" + meant + "'?");
  }

  @ParameterizedTest
  @CsvSource({"{ xyzzy }", "{ __shema { types } }", "{ ...Gone }", "{ productPage { } }"})
  void whatIsNearNothingIsAnErrorLikeAnyOther(String document) {
    assertThat(messages(document, true)).contains("\"errors\"").doesNotContain("Did you mean");
  }

  private static String messages(String document, boolean development) {
    try (OpenedDoor door = OpenedDoor.open(
        DOOR, settings -> settings.toBuilder().development(development).build())) {
      return door.client()
          .post("/graphql", new JsonObject().put("query", document).encode())
          .body();
    }
  }
}

package dev.gatehouse.examples.storefront.services;

import static dev.gatehouse.examples.storefront.services.DemoService.CATALOG;
import static dev.gatehouse.examples.storefront.services.DemoService.RECOMMENDATIONS;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class RecommendationsTest {

  @RegisterExtension
  final RunningServices shop = new RunningServices();

  @Test
  void eight_other_products_that_exist_are_recommended() {
    List<String> ids = shop.array(RECOMMENDATIONS, "/recommendations/p-1").stream()
        .map(String.class::cast)
        .toList();

    assertThat(ids).hasSize(8).doesNotHaveDuplicates().doesNotContain("p-1");
    assertThat(shop.array(CATALOG, "/products?ids=" + String.join(",", ids))).hasSize(8);
  }

  @Test
  void nothing_is_recommended_for_what_does_not_exist() {
    assertThat(shop.get(RECOMMENDATIONS, "/recommendations/p-0").statusCode()).isEqualTo(404);
  }
}

package dev.gatehouse.examples.storefront;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.dsl.Bff;
import dev.gatehouse.dsl.Door;
import dev.gatehouse.dsl.Opening;
import dev.gatehouse.examples.storefront.mobile.StorefrontMobile;
import dev.gatehouse.examples.storefront.web.StorefrontWeb;
import dev.gatehouse.runtime.plan.Plan;
import dev.gatehouse.runtime.plan.Planner;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Holds the plans to the files under {@code plans}, so that a review sees what a change costs. Run with {@code -Dplans.write=true} to
 * write them anew.
 */
class PlansTest {
  private static final Path PLANS = Path.of("plans");

  @TestFactory
  Stream<DynamicTest> plansAreAsReviewed() {
    List<DynamicTest> tests = new ArrayList<>();
    for (Bff bff : List.of(StorefrontWeb.BFF, StorefrontMobile.BFF)) {
      for (Door door : bff.doors()) {
        for (Opening opening : door.openings()) {
          Plan plan = Planner.plan(opening.composite().graph(), null);
          Path file = PLANS.resolve(bff.name()).resolve(plan.name());
          tests.add(DynamicTest.dynamicTest(
              file + ".txt", () -> compare(file + ".txt", plan.explain().text())));
          tests.add(DynamicTest.dynamicTest(
              file + ".mmd", () -> compare(file + ".mmd", plan.explain().mermaid())));
        }
      }
    }
    return tests.stream();
  }

  @Test
  void theProductPageMakesEightCallsAtMost() {
    Plan plan = Planner.plan(
        StorefrontWeb.BFF.doors().get(0).openings().get(0).composite().graph(), null);
    assertThat(plan.maxCalls()).isEqualTo(8);
  }

  private static void compare(String name, String actual) throws IOException {
    Path file = Path.of(name);
    if (Boolean.getBoolean("plans.write")) {
      Files.createDirectories(file.getParent());
      Files.writeString(file, actual);
    }
    assertThat(actual).isEqualTo(Files.readString(file, StandardCharsets.UTF_8));
  }
}

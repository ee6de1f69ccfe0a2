package dev.gatehouse.graphql;

import static dev.gatehouse.dsl.Access.anyone;
import static dev.gatehouse.graphql.GraphqlDoor.graphql;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.graphql.internal.answer.RequestRefused;
import dev.gatehouse.graphql.internal.operation.Operations;
import dev.gatehouse.graphql.internal.operation.Operations.Bound;
import dev.gatehouse.graphql.internal.operation.PreparedOperation;
import dev.gatehouse.runtime.config.BffSettings;
import dev.gatehouse.runtime.plan.Planner;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Which operations are made anew, and which are not. */
class OperationsTest {
  private static final String PAGE = "query Page($id: ID!) { productPage(id: $id) { name } }";

  private int planned;

  private Operations operations(int kept) {
    GraphqlFields door =
        (GraphqlFields) graphql().query("productPage", Shop.PAGE).allow(anyone());
    return OpenDoor.operations(
        door.compile().api(),
        (composite, selection) -> {
          planned++;
          return Planner.plan(composite.graph(), selection);
        },
        BffSettings.named("test").toBuilder().planCacheSize(kept).build());
  }

  private static Bound bind(
      Operations operations, String document, Map<String, @Nullable Object> variables) {
    return operations.bind(operations.prepare(document, null), variables);
  }

  @Test
  void anOperationThatWasSeenIsNeitherParsedNorPlannedAgain() {
    Operations operations = operations(10);
    Bound first = bind(operations, PAGE, Map.of("id", "1"));
    PreparedOperation prepared = operations.prepare(PAGE, null);

    Bound second = bind(operations, PAGE, Map.of("id", "2"));

    assertThat(operations.prepare(PAGE, null)).isSameAs(prepared);
    assertThat(second.operation()).isSameAs(first.operation());
    assertThat(second.variables().get("id")).isEqualTo("2");
    assertThat(planned).isEqualTo(1);
  }

  @Test
  void operationsOfOneDocumentAreToldApartByTheirNames() {
    Operations operations = operations(10);
    String two = "query A { productPage(id: 1) { name } } query B { productPage(id: 1) { id } }";

    operations.bind(operations.prepare(two, "A"), Map.of());
    operations.bind(operations.prepare(two, "B"), Map.of());

    assertThat(planned).isEqualTo(2);
    assertThat(operations.prepare(two, "A")).isNotSameAs(operations.prepare(two, "B"));
  }

  @Test
  void noMoreAreKeptThanTheSettingSays() {
    Operations operations = operations(3);
    for (int i = 0; i < 9; i++) {
      bind(operations, "{ productPage(id: " + i + ") { name } }", Map.of());
    }

    assertThat(kept(operations, 9, "")).isEqualTo(3);
  }

  @Test
  void largeDocumentsCountMoreThanOnce() {
    Operations operations = operations(9);
    String comment = "#" + " ".repeat(3 * 2048) + "\n"; // four times
    for (int i = 0; i < 9; i++) {
      bind(operations, comment + "{ productPage(id: " + i + ") { name } }", Map.of());
    }

    assertThat(kept(operations, 9, comment)).isEqualTo(2);
  }

  @Test
  void eachFormOfAnOperationCounts() {
    Operations operations = operations(4);
    String query =
        "query($a: Boolean!, $b: Boolean!) { productPage(id: \"p\") { id name @include(if: $a) price @include(if: $b) { amount } } }";
    bind(operations, "{ productPage(id: 0) { name } }", Map.of());
    PreparedOperation both = null;
    for (int i = 0; i < 4; i++) {
      both = operations.prepare(query, null);
      operations.bind(both, Map.of("a", (i & 1) == 0, "b", (i & 2) == 0));
    }

    assertThat(operations.prepare(query, null)).isSameAs(both);
    assertThat(kept(operations, 1, "")).isZero();
    assertThat(planned).isEqualTo(5);
  }

  @Test
  void whatIsRefusedIsNotKept() {
    Operations operations = operations(1);
    bind(operations, PAGE, Map.of("id", "1"));
    PreparedOperation page = operations.prepare(PAGE, null);
    String introspection = "{ __schema { queryType { name } } }";

    assertThatThrownBy(() -> bind(operations, introspection, Map.of()))
        .isInstanceOf(RequestRefused.class);

    assertThat(operations.prepare(PAGE, null)).isSameAs(page);
  }

  /** How many of the documents are found as they were. */
  private static int kept(Operations operations, int documents, String before) {
    int kept = 0;
    for (int i = 0; i < documents; i++) {
      String document = before + "{ productPage(id: " + i + ") { name } }";
      PreparedOperation prepared = operations.prepare(document, null);
      kept += operations.prepare(document, null) == prepared ? 1 : 0;
    }
    return kept;
  }
}

package dev.gatehouse.graphql;

import static dev.gatehouse.dsl.Access.anyone;
import static dev.gatehouse.graphql.GraphqlDoor.graphql;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.runtime.config.GraphqlSettings;
import dev.gatehouse.runtime.policy.BreakerPolicy;
import dev.gatehouse.runtime.policy.ServicePolicy;
import dev.gatehouse.testing.OpenedDoor;
import graphql.schema.GraphQLSchema;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

/** All parts of an answer, put together, are the answer that comes whole. */
class IncrementalDifferentialTest {
  private static final GraphqlFields DOOR = (GraphqlFields) graphql()
      .query("plot", Garden.PLOT)
      .allow(anyone())
      .query("plant", Garden.PLANT_ALONE)
      .allow(anyone())
      .query("bed", Beds.BED)
      .allow(anyone());
  private static final int MANY = 1_000_000;

  private static OpenedDoor opened;
  private static GraphQLSchema schema;

  @BeforeContainer
  static void open() {
    GraphqlSettings unlimited = GraphqlSettings.DEFAULT.toBuilder()
        .maxDocumentBytes(MANY)
        .maxTokens(MANY)
        .maxDepth(100)
        .maxAliases(MANY)
        .maxRootFields(MANY)
        .maxDirectives(MANY)
        .maxFields(MANY)
        .maxCalls(MANY)
        .maxRows(MANY)
        .build();
    opened = OpenedDoor.open(
        DOOR,
        settings -> settings.toBuilder().graphql(unlimited).build(),
        // Whether one would open between two requests is chance, as chance chooses what fails.
        ServicePolicy.DEFAULT.withBreaker(BreakerPolicy.OFF));
    Beds.answer(opened.services);
    schema = DOOR.compile().api().schema();
  }

  @AfterContainer
  static void close() {
    opened.close();
  }

  @Property(tries = 600, shrinking = ShrinkingMode.OFF)
  void partsMakeUpTheWhole(@ForAll Random random) throws Exception {
    RandomOperation operation = new RandomOperation(schema, random, true);
    String document = operation.write();
    int port = opened.client().port();
    JsonObject whole;
    try (PartsClient client =
        PartsClient.post(port, "application/json", document, operation.variables)) {
      whole = client.whole();
    }
    String accept = random.nextBoolean() ? PartsClient.V02 : PartsClient.V2022;
    try (PartsClient client = PartsClient.post(port, accept, document, operation.variables)) {
      String context = document + "\n" + operation.variables + "\n" + whole + "\n";
      if (!client.isInParts()) {
        assertThat(client.whole()).as(context).isEqualTo(whole);
        return;
      }
      client.all();
      context += client.parts;
      boolean isSound = !whole.containsKey("errors");
      assertThat(client.errors.isEmpty()).as(context).isEqualTo(isSound);
      if (isSound) {
        assertThat(client.data).as(context).isEqualTo(whole.getJsonObject("data"));
      } else {
        compare(whole.getJsonObject("data"), client.data, context);
      }
    }
  }

  /** Where something is lost, parts may lack what was lost with it, and may have more where a whole would be null. */
  private static void compare(Object whole, Object parts, String context) {
    if (whole instanceof JsonObject object && parts != null) {
      for (String name : ((JsonObject) parts).fieldNames()) {
        assertThat(object.fieldNames()).as(context).contains(name);
        compare(object.getValue(name), ((JsonObject) parts).getValue(name), context);
      }
    } else if (whole instanceof JsonArray array && parts != null) {
      assertThat(((JsonArray) parts).size()).as(context).isLessThanOrEqualTo(array.size());
      for (int i = 0; i < ((JsonArray) parts).size(); i++) {
        compare(array.getValue(i), ((JsonArray) parts).getValue(i), context);
      }
    } else if (whole != null) {
      assertThat(parts).as(context).isEqualTo(whole);
    }
  }
}

package dev.gatehouse.graphql;

import static dev.gatehouse.dsl.Access.anyone;
import static dev.gatehouse.graphql.GraphqlDoor.graphql;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.gatehouse.dsl.contract.JsonMapping;
import dev.gatehouse.runtime.config.GraphqlSettings;
import dev.gatehouse.runtime.config.GraphqlSettings.Introspection;
import dev.gatehouse.testing.OpenedDoor;
import graphql.ExecutionInput;
import graphql.GraphQL;
import graphql.schema.DataFetcher;
import graphql.schema.GraphQLCodeRegistry;
import graphql.schema.GraphQLSchema;
import graphql.schema.TypeResolver;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

/** The planned path answers what graphql-java's own execution answers over the same data. */
class DifferentialTest {
  private static final GraphqlFields DOOR = (GraphqlFields) graphql()
      .query("plot", Garden.PLOT)
      .allow(anyone())
      .query("plant", Garden.PLANT_ALONE)
      .allow(anyone())
      .named(Garden.Serial.class, "ID");
  private static final ObjectMapper EXACT =
      JsonMapping.newMapper().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);
  private static final int MANY = 1_000_000;

  private static OpenedDoor opened;
  private static GraphQLSchema schema;
  private static GraphQL reference;

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
        .maxListSize(MANY)
        .maxCalls(MANY)
        .maxRows(MANY)
        .introspection(Introspection.NEVER)
        .build();
    opened = OpenedDoor.open(
        DOOR, settings -> settings.toBuilder().graphql(unlimited).build());
    schema = DOOR.compile().api().schema();
    reference = GraphQL.newGraphQL(schema.transform(builder -> builder.codeRegistry(code())))
        .build();
  }

  @AfterContainer
  static void close() {
    opened.close();
  }

  private record PlotModel(String id) {}

  private static GraphQLCodeRegistry code() {
    TypeResolver byClass = environment ->
        environment.getSchema().getObjectType(environment.getObject().getClass().getSimpleName());
    DataFetcher<Object> plot = environment -> new PlotModel(environment.getArgument("id"));
    DataFetcher<Object> plant = environment -> Garden.plant(environment.getArgument("id"));
    return schema
        .getCodeRegistry()
        .transform(code -> code.typeResolver("Part", byClass)
            .typeResolver("Pest", byClass)
            .dataFetcher(graphql.schema.FieldCoordinates.coordinates("Query", "plot"), plot)
            .dataFetcher(graphql.schema.FieldCoordinates.coordinates("Query", "plant"), plant)
            .dataFetcher(
                graphql.schema.FieldCoordinates.coordinates("Plot", "plant"),
                (DataFetcher<Object>) at -> Garden.plant(((PlotModel) at.getSource()).id()))
            .dataFetcher(
                graphql.schema.FieldCoordinates.coordinates("Plot", "neighbour"),
                (DataFetcher<Object>) at -> Garden.neighbour(((PlotModel) at.getSource()).id()))
            .dataFetcher(
                graphql.schema.FieldCoordinates.coordinates("Plot", "weather"),
                (DataFetcher<Object>) at -> Garden.weather(((PlotModel) at.getSource()).id()))
            .dataFetcher(graphql.schema.FieldCoordinates.coordinates("Plot", "notes"), (DataFetcher<
                    Object>)
                at -> Garden.notes(((PlotModel) at.getSource()).id())
                    .notes()
                    .subList(0, at.getArgument("first"))));
  }

  @Property(tries = 1500, shrinking = ShrinkingMode.OFF)
  void bothAnswerTheSame(@ForAll Random random) throws Exception {
    RandomOperation operation = new RandomOperation(schema, random);
    String document = operation.write();
    Map<String, Object> expected = reference
        .execute(ExecutionInput.newExecutionInput()
            .query(document)
            .variables(operation.variables)
            .build())
        .toSpecification();
    String reply = opened
        .client()
        .post(
            "/graphql",
            new JsonObject()
                .put("query", document)
                .put("variables", new JsonObject(operation.variables))
                .encode())
        .body();

    JsonNode actual = EXACT.readTree(reply);
    if (!expected.containsKey("data")) {
      // Fields of one name that cannot be merged: both have to say so.
      assertThat(actual.has("data")).as("%s%n%s", document, reply).isFalse();
      return;
    }
    JsonNode data = EXACT.readTree(EXACT.writeValueAsBytes(expected.get("data")));
    assertThat(text(actual.path("data"))).as("%s%n%s", document, reply).isEqualTo(text(data));
    Map<String, List<String>> told =
        byPlace(EXACT.valueToTree(expected.getOrDefault("errors", List.of())), data);
    Map<String, List<String>> own = byPlace(actual.path("errors"), data);
    assertThat(own.keySet())
        .as("%s %s%n%s", document, operation.variables, reply)
        .isEqualTo(told.keySet());
    own.forEach((place, paths) -> assertThat(paths).hasSize(1).isSubsetOf(told.get(place)));
  }

  /** With numbers by their value, as a double has no trailing zeros to keep. */
  private static String text(JsonNode node) {
    return node.toString().replaceAll("(\\d)\\.0+(?=[,}\\]])", "$1");
  }

  /**
   * The paths of errors by the null that they left. Several can have left one, of which graphql-java tells of all that it met, and
   * the planned path of one.
   */
  private static Map<String, List<String>> byPlace(JsonNode errors, JsonNode data) {
    Map<String, List<String>> byPlace = new TreeMap<>();
    for (JsonNode error : errors) {
      StringBuilder place = new StringBuilder();
      JsonNode at = data;
      for (JsonNode step : error.get("path")) {
        if (at.isNull()) {
          break;
        }
        place.append(step).append('/');
        at = step.isInt() ? at.get(step.asInt()) : at.get(step.asText());
      }
      byPlace
          .computeIfAbsent(place.toString(), any -> new ArrayList<>())
          .add(error.get("path").toString());
    }
    return byPlace;
  }
}

package dev.gatehouse.rest.internal.openapi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.swagger.v3.parser.OpenAPIV3Parser;
import io.swagger.v3.parser.core.models.ParseOptions;
import io.swagger.v3.parser.core.models.SwaggerParseResult;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class OpenApiDocumentTest {
  private static final JsonObject DOCUMENT = SampleDocument.create();

  @Test
  void swaggerParserFindsNothingWrong() {
    ParseOptions options = new ParseOptions();
    options.setResolve(true);
    SwaggerParseResult result =
        new OpenAPIV3Parser().readContents(DOCUMENT.encode(), null, options);

    assertThat(result.getMessages()).isEmpty();
    assertThat(result.getOpenAPI().getPaths()).hasSize(5);
  }

  /** Skipped where there is no Node, or no package can be fetched: the parser above still has its say. */
  @Test
  void theSchemaOfOpenApiItselfFindsNothingWrong() throws Exception {
    Path directory = Files.createDirectories(Path.of("target", "openapi-validator"));
    Path file = directory.resolve("openapi.json");
    Files.writeString(file, DOCUMENT.encodePrettily());
    Path program = directory.resolve(
        "node_modules/@seriousme/openapi-schema-validator/bin/validate-api-cli.js");
    if (!Files.exists(program)) {
      assumeThat(run(
              directory,
              "npm",
              "install",
              "--no-audit",
              "--no-fund",
              "@seriousme/openapi-schema-validator@2.11.0"))
          .as("SKIPPED: npm cannot install @seriousme/openapi-schema-validator")
          .startsWith("0\n");
    }

    assertThat(run(directory, "node", program.toAbsolutePath().toString(), "openapi.json"))
        .startsWith("0\n");
  }

  @Test
  void nullnessIsRequiredAndTypes() {
    JsonObject page = schema("ProductPage");

    assertThat(page.getJsonArray("required"))
        .containsExactly("id", "name", "price", "reviews", "media", "labels");
    JsonObject properties = page.getJsonObject("properties");
    assertThat(properties.getJsonObject("id"))
        .isEqualTo(new JsonObject().put("type", "string").put("format", "uuid"));
    assertThat(properties.getJsonObject("since"))
        .isEqualTo(new JsonObject("{\"type\":[\"string\",\"null\"],\"format\":\"date-time\"}"));
    assertThat(properties.getJsonObject("offer"))
        .isEqualTo(new JsonObject(
            "{\"anyOf\":[{\"$ref\":\"#/components/schemas/Price\"},{\"type\":\"null\"}]}"));
    assertThat(properties.getJsonObject("sku"))
        .isEqualTo(new JsonObject(
            "{\"type\":[\"string\",\"null\"],\"description\":\"Use id.\",\"deprecated\":true}"));
  }

  @Test
  void unionsAreToldApartByTheirDiscriminator() {
    JsonObject media = schema("Media");

    assertThat(media.getJsonObject("discriminator")).isEqualTo(new JsonObject("""
        {"propertyName":"type","mapping":{"Image":"#/components/schemas/Media_Image",
         "Clip":"#/components/schemas/Media_Clip"}}"""));
    assertThat(schema("Media_Image").getJsonArray("allOf").getJsonObject(0))
        .isEqualTo(new JsonObject("""
        {"type":"object","properties":{"type":{"type":"string","const":"Image"}},"required":["type"]}"""));
  }

  @Test
  void parametersAreThoseOfTheInputAndOfTheSelection() {
    JsonArray parameters = DOCUMENT
        .getJsonObject("paths")
        .getJsonObject("/api/products")
        .getJsonObject("get")
        .getJsonArray("parameters");

    assertThat(parameters.stream()
            .map(one ->
                ((JsonObject) one).getString("in") + " " + ((JsonObject) one).getString("name")))
        .containsExactly(
            "header x-region",
            "query term",
            "query size",
            "query tags",
            "query sort",
            "query fields");
    assertThat(parameters.getJsonObject(2).getJsonObject("schema").getInteger("default"))
        .isEqualTo(20);
    assertThat(parameters.getJsonObject(2).getBoolean("required")).isFalse();
    assertThat(parameters.getJsonObject(5).getJsonObject("schema").getString("default"))
        .isEqualTo("name,price(amount)");
  }

  @Test
  void theBodyIsWhatThePathDoesNotBind() {
    JsonObject media = DOCUMENT
        .getJsonObject("paths")
        .getJsonObject("/api/carts/{cart}/lines")
        .getJsonObject("post")
        .getJsonObject("requestBody")
        .getJsonObject("content")
        .getJsonObject("application/json");

    assertThat(media.getJsonObject("schema").getJsonObject("properties").fieldNames())
        .containsExactly("sku", "quantity", "gift");
    assertThat(media.getJsonObject("schema").getJsonArray("required")).containsExactly("sku");
    assertThat(media.getJsonObject("example"))
        .isEqualTo(new JsonObject("{\"sku\":\"example\",\"quantity\":2,\"gift\":true}"));
  }

  @Test
  void thePageShowsEverythingAndEscapesIt() {
    String page = OpenApiPage.of(DOCUMENT, "http://localhost:8080");

    assertThat(page)
        .contains("curl -i &#39;http://localhost:8080/api/product-pages/42?fields=id,name&#39;")
        .contains("What it is called &amp; &lt;sold&gt; as.")
        .contains("<a href=\"#schema-Price\">Price</a>")
        .doesNotContain("<script", "src=", "://cdn");
  }

  private static JsonObject schema(String name) {
    return DOCUMENT.getJsonObject("components").getJsonObject("schemas").getJsonObject(name);
  }

  /** The exit code and the output; 127 where there is no such program. */
  private static String run(Path directory, String... command)
      throws InterruptedException, IOException {
    Path output = directory.resolve("output.txt");
    Process process;
    try {
      process = new ProcessBuilder(List.of(command))
          .directory(directory.toFile())
          .redirectErrorStream(true)
          .redirectOutput(output.toFile())
          .start();
    } catch (IOException e) {
      return "127\n" + e.getMessage();
    }
    if (!process.waitFor(2, TimeUnit.MINUTES)) {
      process.destroyForcibly();
      return "124\n";
    }
    return process.exitValue() + "\n" + Files.readString(output, StandardCharsets.UTF_8);
  }
}

package dev.gatehouse.graphql.internal.document;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads manifests in the two forms that clients' tools write: Apollo's, with its format and version and a list of operations; and
 * Relay's and GraphQL Code Generator's, which is an object from ids to documents. Used once.
 */
public final class ManifestReader {
  private static final String APOLLO = "apollo-persisted-query-manifest";
  private static final JsonMapper JSON = JsonMapper.builder()
      .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
      .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
      .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
      .build();

  private final String location;
  private final Map<String, Manifest.Entry> entries = new HashMap<>();
  private final List<Manifest.Entry> inOrder = new ArrayList<>();
  private final List<String> problems = new ArrayList<>();

  private ManifestReader(String location) {
    this.location = location;
  }

  /**
   * Reads one; what cannot be read is among its problems.
   *
   * @param location a resource on the class path, else a file
   */
  public static Manifest read(String location) {
    ManifestReader reader = new ManifestReader(location);
    reader.read();
    return new Manifest(reader.inOrder, reader.problems);
  }

  private void read() {
    try {
      String text = TextSource.read(location);
      if (text == null) {
        problem("", "is nowhere (expected: a resource on the class path, or a file)");
        return;
      }
      JsonNode root = JSON.readTree(text);
      if (!root.isObject()) {
        problem("", "is no object (expected: a manifest of Apollo, or an object of documents)");
      } else if (root.has("operations") && root.get("operations").isArray()) {
        readApollo(root);
      } else {
        root.properties()
            .forEach(
                each -> add("\"" + each.getKey() + "\"", each.getKey(), null, each.getValue()));
      }
      if (inOrder.isEmpty() && problems.isEmpty()) {
        problem("", "has no documents (expected: at least one)");
      }
    } catch (JsonProcessingException e) {
      problem(
          "line " + e.getLocation().getLineNr() + ", column " + e.getLocation().getColumnNr(),
          "no JSON, or a member stands twice (expected: JSON without duplicate members)");
    } catch (IOException e) {
      problem("", "cannot be read: " + e.getMessage() + " (expected: a file in UTF-8)");
    }
  }

  private void readApollo(JsonNode root) {
    if (!APOLLO.equals(root.path("format").asText()) || root.path("version").asInt() != 1) {
      problem(
          "format and version",
          root.path("format").asText("none") + " " + root.path("version").asText("none")
              + " (expected: " + APOLLO + " 1)");
      return;
    }
    int at = 0;
    for (JsonNode operation : root.get("operations")) {
      JsonNode name = operation.path("name");
      String place =
          "operations[" + at++ + "]" + (name.isTextual() ? " (" + name.asText() + ")" : "");
      if (operation.path("id").asText().isBlank()) {
        problem(place + ": id", "missing (expected: what clients call it)");
      } else {
        add(
            place,
            operation.get("id").asText(),
            name.isTextual() ? name.asText() : null,
            operation.path("body"));
      }
    }
  }

  private void add(String place, String id, @Nullable String name, JsonNode document) {
    if (!document.isTextual() || document.asText().isBlank()) {
      problem(place, "no text (expected: a GraphQL document)");
      return;
    }
    Manifest.Entry entry = new Manifest.Entry(location + ": " + place, id, name, document.asText());
    Manifest.Entry other = entries.putIfAbsent(id, entry);
    if (other != null) {
      problem(place, "has the id of " + other.place() + " (expected: one of its own)");
      return;
    }
    inOrder.add(entry);
  }

  private void problem(String place, String problem) {
    problems.add(location + (place.isEmpty() ? " " : ": " + place + ": ") + problem);
  }
}

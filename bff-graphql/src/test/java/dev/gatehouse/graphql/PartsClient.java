package dev.gatehouse.graphql;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Reads an answer part by part as it comes, and merges it as the drafts say. */
final class PartsClient implements AutoCloseable {
  static final String V02 = "multipart/mixed;incrementalSpec=v0.2, application/json";
  static final String V2022 = "multipart/mixed;deferSpec=20220824, application/json";

  private static final HttpClient HTTP = HttpClient.newBuilder()
      .version(HttpClient.Version.HTTP_1_1)
      .connectTimeout(Duration.ofSeconds(60))
      .build();

  private final HttpResponse<InputStream> response;
  private final InputStream body;
  private final Map<String, JsonArray> pending = new HashMap<>();
  final List<JsonObject> parts = new ArrayList<>();
  final List<JsonObject> errors = new ArrayList<>();
  JsonObject data;
  private boolean ended;

  private PartsClient(HttpResponse<InputStream> response) {
    this.response = response;
    this.body = response.body();
  }

  static PartsClient post(
      int port, String accept, String query, Map<String, Object> variables, String... headers)
      throws Exception {
    HttpRequest.Builder request = HttpRequest.newBuilder(
            URI.create("http://127.0.0.1:" + port + "/graphql"))
        .timeout(Duration.ofSeconds(60))
        .header("content-type", "application/json")
        .header("accept", accept)
        .POST(HttpRequest.BodyPublishers.ofString(new JsonObject()
            .put("query", query)
            .put("variables", new JsonObject(variables))
            .encode()));
    for (int i = 0; i < headers.length; i += 2) {
      request.header(headers[i], headers[i + 1]);
    }
    return new PartsClient(HTTP.send(request.build(), HttpResponse.BodyHandlers.ofInputStream()));
  }

  String header(String name) {
    return response.headers().firstValue(name).orElse("");
  }

  boolean isInParts() {
    return header("content-type").startsWith("multipart/mixed");
  }

  /** All of an answer that is not in parts. */
  JsonObject whole() throws IOException {
    return new JsonObject(new String(body.readAllBytes(), StandardCharsets.UTF_8));
  }

  /** The next part, waiting for it. */
  JsonObject next() throws IOException {
    assertThat(isInParts()).as(header("content-type")).isTrue();
    if (parts.isEmpty()) {
      assertThat(readTo("---")).isEmpty();
    }
    String part = readTo("\r\n---");
    int blank = part.indexOf("\r\n\r\n");
    assertThat(part.substring(0, blank))
        .isEqualTo("\r\nContent-Type: application/json; charset=utf-8");
    JsonObject json = new JsonObject(part.substring(blank + 4));
    parts.add(json);
    merge(json);
    if (!json.getBoolean("hasNext")) {
      assertThat(new String(body.readAllBytes(), StandardCharsets.UTF_8)).isEqualTo("--\r\n");
      assertThat(pending).isEmpty();
      ended = true;
    }
    return json;
  }

  /** Reads to the end. */
  PartsClient all() throws IOException {
    while (!ended) {
      next();
    }
    return this;
  }

  private String readTo(String end) throws IOException {
    ByteArrayOutputStream read = new ByteArrayOutputStream();
    byte[] wanted = end.getBytes(StandardCharsets.US_ASCII);
    int matched = 0;
    while (matched < wanted.length) {
      int next = body.read();
      assertThat(next).as("the answer ended in: %s", read).isNotNegative();
      read.write(next);
      matched = next == wanted[matched] ? matched + 1 : next == wanted[0] ? 1 : 0;
    }
    String all = read.toString(StandardCharsets.UTF_8);
    return all.substring(0, all.length() - end.length());
  }

  private void merge(JsonObject part) {
    if (part.containsKey("data")) {
      data = part.getJsonObject("data");
      addErrors(part);
    }
    for (Object each : part.getJsonArray("pending", new JsonArray())) {
      JsonObject announced = (JsonObject) each;
      JsonArray path = announced.getJsonArray("path");
      assertThat(pending.put(announced.getString("id"), path)).isNull();
    }
    for (Object each : part.getJsonArray("incremental", new JsonArray())) {
      JsonObject entry = (JsonObject) each;
      addErrors(entry);
      JsonArray path = entry.getJsonArray("path");
      if (path == null) {
        assertThat(pending).containsKey(entry.getString("id"));
        path = pending.get(entry.getString("id")).copy();
        path.addAll(entry.getJsonArray("subPath", new JsonArray()));
      }
      if (entry.containsKey("items")) {
        addItems(entry, path);
      } else if (entry.getJsonObject("data") != null) {
        JsonObject into = (JsonObject) at(path);
        assertThat(into).as("%s is there before what follows of it", path).isNotNull();
        for (Map.Entry<String, Object> field : entry.getJsonObject("data")) {
          assertThat(into.containsKey(field.getKey())).as(field.getKey()).isFalse();
          into.put(field.getKey(), field.getValue());
        }
      }
    }
    for (Object each : part.getJsonArray("completed", new JsonArray())) {
      JsonObject completed = (JsonObject) each;
      addErrors(completed);
      assertThat(pending.remove(completed.getString("id"))).isNotNull();
    }
  }

  private void addItems(JsonObject entry, JsonArray path) {
    boolean byPath = entry.containsKey("path");
    JsonArray items = entry.getJsonArray("items");
    if (items != null) {
      JsonArray at = byPath ? new JsonArray(path.getList().subList(0, path.size() - 1)) : path;
      JsonArray list = (JsonArray) at(at);
      if (byPath) {
        assertThat(path.getInteger(path.size() - 1)).isEqualTo(list.size());
      }
      list.addAll(items);
    }
  }

  private void addErrors(JsonObject from) {
    for (Object error : from.getJsonArray("errors", new JsonArray())) {
      errors.add((JsonObject) error);
    }
  }

  private Object at(JsonArray path) {
    Object at = data;
    for (Object step : path) {
      at = step instanceof Integer index
          ? ((JsonArray) at).getValue(index)
          : ((JsonObject) at).getValue((String) step);
    }
    return at;
  }

  @Override
  public void close() throws IOException {
    body.close();
  }
}

package dev.gatehouse.rest.internal.openapi;

import io.vertx.core.json.Json;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** A command line that tries an operation out, with its examples for values. */
final class CurlLine {
  private CurlLine() {}

  static String of(String origin, String method, String path, JsonObject operation) {
    String target = path;
    List<String> query = new ArrayList<>();
    StringBuilder headers = new StringBuilder();
    for (Object each : operation.getJsonArray("parameters", new JsonArray())) {
      JsonObject parameter = (JsonObject) each;
      String name = parameter.getString("name");
      String example = String.valueOf(parameter.getValue("example", "1"));
      boolean needed = parameter.getBoolean("required", false) || name.equals("fields");
      switch (parameter.getString("in")) {
        case "path" -> target = target.replace("{" + name + "}", encoded(example));
        case "query" -> {
          if (needed) {
            query.add(name + "=" + encoded(example));
          }
        }
        default -> headers.append(" -H ").append(quoted(name + ": " + example));
      }
    }
    String uri = origin + target + (query.isEmpty() ? "" : "?" + String.join("&", query));
    JsonObject body = operation.getJsonObject("requestBody");
    if (body != null) {
      JsonObject media = body.getJsonObject("content").getJsonObject("application/json");
      headers.append(" -H ").append(quoted("content-type: application/json"));
      headers.append(" -d ").append(quoted(Json.encode(media.getValue("example"))));
    }
    String verb = method.equals("GET") ? "" : " -X " + method;
    return "curl -i" + verb + headers + " " + quoted(uri);
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8)
        .replace("+", "%20")
        .replace("%2C", ",")
        .replace("%28", "(")
        .replace("%29", ")");
  }

  /** For a POSIX shell. */
  private static String quoted(String text) {
    return "'" + text.replace("'", "'\\''") + "'";
  }
}

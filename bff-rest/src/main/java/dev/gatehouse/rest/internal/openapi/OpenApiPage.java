package dev.gatehouse.rest.internal.openapi;

import io.vertx.core.json.Json;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Locale;
import java.util.Map;

/** Shows an OpenAPI document as one page of plain HTML: no script, no style sheet and nothing from elsewhere. */
public final class OpenApiPage {
  private final JsonObject document;
  private final String origin;
  private final Html html = new Html();

  private OpenApiPage(JsonObject document, String origin) {
    this.document = document;
    this.origin = origin;
  }

  /**
   * The page.
   *
   * @param origin scheme, host and port for the examples of how to call
   */
  public static String of(JsonObject document, String origin) {
    return new OpenApiPage(document, origin).page();
  }

  private String page() {
    JsonObject info = document.getJsonObject("info");
    html.raw("<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\">")
        .raw("<meta name=\"viewport\" content=\"width=device-width\"><title>")
        .text(info.getString("title"))
        .raw(" API</title><style>")
        .raw(Html.STYLE)
        .raw("</style></head><body>");
    html.element("h1", info.getString("title")).element("p", info.getString("description"));
    html.raw("<nav><ul>");
    forEachOperation((path, method, operation) -> html.raw("<li><a href=\"#")
        .text(operation.getString("operationId"))
        .raw("\"><code>")
        .text(method + " " + path)
        .raw("</code></a></li>"));
    html.raw("</ul></nav>");
    forEachOperation(this::operation);
    schemas();
    return html.raw("</body></html>").toString();
  }

  @FunctionalInterface
  private interface Operation {
    void accept(String path, String method, JsonObject operation);
  }

  private void forEachOperation(Operation consumer) {
    for (Map.Entry<String, Object> path : document.getJsonObject("paths")) {
      for (Map.Entry<String, Object> operation : (JsonObject) path.getValue()) {
        consumer.accept(path.getKey(), operation.getKey().toUpperCase(Locale.ROOT), (JsonObject)
            operation.getValue());
      }
    }
  }

  private void operation(String path, String method, JsonObject operation) {
    html.raw("<section id=\"")
        .text(operation.getString("operationId"))
        .raw("\"><h2><code>")
        .text(method + " " + path)
        .raw("</code></h2>")
        .element("p", operation.getString("summary"));
    JsonArray parameters = operation.getJsonArray("parameters", new JsonArray());
    if (!parameters.isEmpty()) {
      html.raw("<table><tr><th>parameter<th>in<th>type<th>meaning</tr>");
      for (Object each : parameters) {
        parameter((JsonObject) each);
      }
      html.raw("</table>");
    }
    JsonObject body = operation.getJsonObject("requestBody");
    if (body != null) {
      html.element("h3", "Body").raw("<pre>").text(pretty(example(body))).raw("</pre>");
    }
    html.element("h3", "Try it")
        .raw("<pre>")
        .text(CurlLine.of(origin, method, path, operation))
        .raw("</pre>");
    html.element("h3", "Answers").raw("<table>");
    for (Map.Entry<String, Object> response : operation.getJsonObject("responses")) {
      JsonObject described = resolved((JsonObject) response.getValue());
      html.raw("<tr><td>")
          .text(response.getKey())
          .raw("<td>")
          .text(described.getString("description"))
          .raw("</tr>");
    }
    html.raw("</table>");
    JsonObject success =
        (JsonObject) operation.getJsonObject("responses").iterator().next().getValue();
    if (success.containsKey("content")) {
      JsonObject media = success.getJsonObject("content").getJsonObject("application/json");
      html.raw("<p>Type: ")
          .raw(type(media.getJsonObject("schema")))
          .raw("</p><pre>")
          .text(pretty(media.getValue("example")))
          .raw("</pre>");
    }
    html.raw("</section>");
  }

  private void parameter(JsonObject parameter) {
    JsonObject schema = parameter.getJsonObject("schema");
    html.raw("<tr><td><code>")
        .text(parameter.getString("name"))
        .raw("</code>")
        .raw(parameter.getBoolean("required", false) ? " <b>required</b>" : "")
        .raw("<td>")
        .text(parameter.getString("in"))
        .raw("<td>")
        .raw(type(schema))
        .raw("<td>")
        .text(parameter.getString("description", ""));
    if (schema.containsKey("default")) {
      html.text(" Default: " + schema.getValue("default") + ".");
    }
    if (schema.containsKey("minimum") || schema.containsKey("maximum")) {
      html.text(" From " + schema.getValue("minimum", "any") + " to "
          + schema.getValue("maximum", "any") + ".");
    }
    html.raw("</tr>");
  }

  private void schemas() {
    html.element("h2", "Schemas");
    for (Map.Entry<String, Object> entry :
        document.getJsonObject("components").getJsonObject("schemas")) {
      JsonObject schema = (JsonObject) entry.getValue();
      html.raw("<section id=\"schema-")
          .text(entry.getKey())
          .raw("\"><h3>")
          .text(entry.getKey())
          .raw("</h3>")
          .element("p", schema.getString("description", ""));
      JsonObject properties = schema.getJsonObject("properties");
      if (properties == null) {
        html.raw("<p>").raw(type(schema)).raw("</p>");
      } else {
        html.raw("<table>");
        for (Map.Entry<String, Object> property : properties) {
          JsonObject own = (JsonObject) property.getValue();
          html.raw("<tr><td><code>")
              .text(property.getKey())
              .raw("</code><td>")
              .raw(type(own))
              .raw("<td>")
              .text(own.getString("description", ""))
              .raw("</tr>");
        }
        html.raw("</table>");
      }
      html.raw("</section>");
    }
  }

  /** A schema in one line of HTML, with links to those it refers to. */
  private static String type(JsonObject schema) {
    String reference = schema.getString("$ref");
    if (reference != null) {
      String name = reference.substring(reference.lastIndexOf('/') + 1);
      return "<a href=\"#schema-" + Html.escaped(name) + "\">" + Html.escaped(name) + "</a>";
    }
    for (String composition : new String[] {"oneOf", "anyOf", "allOf"}) {
      JsonArray parts = schema.getJsonArray(composition);
      if (parts != null) {
        return String.join(
            composition.equals("allOf") ? " and " : " or ",
            parts.stream().map(part -> type((JsonObject) part)).toList());
      }
    }
    if (schema.containsKey("const")) {
      return "<code>" + Html.escaped(schema.getString("const")) + "</code>";
    }
    if (schema.containsKey("enum")) {
      return "<code>"
          + Html.escaped(String.join(
              " | ", schema.getJsonArray("enum").stream().map(String::valueOf).toList()))
          + "</code>";
    }
    if (schema.containsKey("items")) {
      return "list of " + type(schema.getJsonObject("items"));
    }
    Object type = schema.getValue("type", "any");
    String name = type instanceof JsonArray several
        ? String.join(" or ", several.stream().map(String::valueOf).toList())
        : String.valueOf(type);
    return Html.escaped(
        schema.containsKey("format") ? name + " (" + schema.getString("format") + ")" : name);
  }

  private JsonObject resolved(JsonObject response) {
    String reference = response.getString("$ref");
    return reference == null
        ? response
        : document
            .getJsonObject("components")
            .getJsonObject("responses")
            .getJsonObject(reference.substring(reference.lastIndexOf('/') + 1));
  }

  private static Object example(JsonObject body) {
    return body.getJsonObject("content").getJsonObject("application/json").getValue("example");
  }

  private static String pretty(Object example) {
    return Json.encodePrettily(example);
  }
}

package dev.gatehouse.runtime.management;

import dev.gatehouse.runtime.plan.Explanation;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One plan as a page: its bounds, its picture, its steps as a table and as text. */
record PlanPage(String bff, String name, Explanation plan) {

  String html() {
    JsonObject json = plan.json();
    StringBuilder html = new StringBuilder("<p>Of BFF ")
        .append(Html.text(bff))
        .append(", for all of its output. As ");
    String path = PlanPages.path(bff, name);
    html.append(Html.link(path + "?format=json", "JSON"))
        .append(", ")
        .append(Html.link(path + "?format=mermaid", "Mermaid"))
        .append(", ")
        .append(Html.link(path + "?format=text", "text"))
        .append(". ")
        .append(Html.link("/plans", "All plans"))
        .append("</p>\n");
    facts(html, json);
    html.append("<h2>Picture</h2>\n<div class=\"picture\" tabindex=\"0\">")
        .append(PlanPicture.of(json).svg())
        .append("</div>\n");
    steps(html, json);
    html.append("<h2>Text</h2>\n<pre>").append(Html.text(plan.text())).append("</pre>\n");
    return html.toString();
  }

  private static void facts(StringBuilder html, JsonObject json) {
    html.append("<dl>");
    fact(html, "Input", json.getValue("input"), "none");
    fact(html, "Output", json.getValue("output"), "none");
    fact(html, "Deadline", millis(json.getValue("deadlineMillis")), "the BFF's request timeout");
    fact(
        html,
        "Critical path",
        millis(json.getValue("criticalPathMillis")),
        "not bounded by timeouts of its own");
    fact(html, "Calls at most", json.getValue("maxCalls"), "not bounded");
    fact(html, "Rows at most", json.getValue("maxRows"), "not bounded");
    html.append("</dl>\n");
  }

  private static void fact(
      StringBuilder html, String label, @Nullable Object value, String otherwise) {
    html.append("<dt>")
        .append(label)
        .append("</dt><dd>")
        .append(Html.text(value == null ? otherwise : value))
        .append("</dd>");
  }

  private static @Nullable String millis(@Nullable Object value) {
    return value == null ? null : value + " ms";
  }

  private static void steps(StringBuilder html, JsonObject json) {
    html.append(
            "<h2>Steps</h2>\n<table><tr><th>Step</th><th>What</th><th>Scope</th><th>Rows</th><th>Calls</th>")
        .append("<th>Batch</th><th>Timeout</th><th>After</th></tr>");
    for (JsonObject step : allSteps(json)) {
      html.append("<tr>");
      cell(html, step.getValue("id"));
      cell(html, step.getValue("label"));
      cell(html, step.getValue("scope"));
      cell(html, step.getValue("rows"));
      cell(html, step.getValue("calls"));
      cell(html, step.getValue("batch"));
      cell(html, millis(step.getValue("timeoutMillis")));
      cell(
          html,
          String.join(
              " ",
              step.getJsonArray("after", new JsonArray()).stream()
                  .map(String::valueOf)
                  .toList()));
      html.append("</tr>");
    }
    html.append("</table>\n");
  }

  private static void cell(StringBuilder html, @Nullable Object value) {
    html.append("<td>").append(value == null ? "" : Html.text(value)).append("</td>");
  }

  static List<JsonObject> allSteps(JsonObject plan) {
    List<JsonObject> steps = new ArrayList<>();
    for (Object stage : plan.getJsonArray("stages", new JsonArray())) {
      for (Object step : ((JsonObject) stage).getJsonArray("steps", new JsonArray())) {
        steps.add((JsonObject) step);
      }
    }
    return steps;
  }
}

package dev.gatehouse.runtime.management;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Map;

/** The state of the mesh client for people: a section per service, a table per layer. */
final class MeshPage {
  private MeshPage() {}

  /**
   * @param bffs as {@code /mesh} answers
   */
  static String html(JsonObject bffs) {
    StringBuilder html = new StringBuilder();
    for (Map.Entry<String, Object> bff : bffs) {
      JsonArray instances = ((JsonObject) bff.getValue()).getJsonArray("instances");
      for (int i = 0; i < instances.size(); i++) {
        html.append("<h2>").append(Html.text(bff.getKey()));
        if (instances.size() > 1) {
          html.append(", instance ").append(i + 1);
        }
        html.append("</h2>\n");
        if (((JsonObject) bff.getValue()).getValue("configuration") instanceof JsonObject told) {
          html.append("<h3>")
              .append(Html.link("/mesh/configuration", "Configuration"))
              .append("</h3>\n");
          value(html, told);
        }
        for (Map.Entry<String, Object> service :
            instances.getJsonObject(i).getJsonObject("services")) {
          service(html, service.getKey(), (JsonObject) service.getValue());
        }
      }
    }
    return html.append("<p>").append(Html.link("/", "Back")).append("</p>").toString();
  }

  private static void service(StringBuilder html, String name, JsonObject layers) {
    html.append("<h3 id=\"")
        .append(Html.text(name))
        .append("\">")
        .append(Html.text(name))
        .append(" <small>")
        .append(Html.link("/mesh/explain?service=" + name, "explain"))
        .append("</small></h3>\n<dl>");
    for (Map.Entry<String, Object> layer : layers) {
      html.append("<dt>").append(Html.text(layer.getKey())).append("</dt><dd>");
      value(html, layer.getValue());
      html.append("</dd>");
    }
    html.append("</dl>\n");
  }

  private static void value(StringBuilder html, Object value) {
    if (value instanceof JsonArray rows
        && !rows.isEmpty()
        && rows.getValue(0) instanceof JsonObject first) {
      html.append("<table><tr>");
      first.fieldNames().forEach(name -> cell(html, "th", name));
      html.append("</tr>");
      for (int i = 0; i < rows.size(); i++) {
        JsonObject row = rows.getJsonObject(i);
        html.append("<tr>");
        first.fieldNames().forEach(name -> cell(html, "td", text(row.getValue(name))));
        html.append("</tr>");
      }
      html.append("</table>");
    } else if (value instanceof JsonObject object) {
      html.append("<dl>");
      for (Map.Entry<String, Object> entry : object) {
        html.append("<dt>").append(Html.text(entry.getKey())).append("</dt><dd>");
        value(html, entry.getValue());
        html.append("</dd>");
      }
      html.append("</dl>");
    } else {
      html.append(Html.text(text(value)));
    }
  }

  private static void cell(StringBuilder html, String tag, String text) {
    html.append('<')
        .append(tag)
        .append('>')
        .append(Html.text(text))
        .append("</")
        .append(tag)
        .append('>');
  }

  private static String text(Object value) {
    return value == null
        ? "–"
        : value instanceof JsonObject || value instanceof JsonArray
            ? value.toString()
            : String.valueOf(value);
  }
}

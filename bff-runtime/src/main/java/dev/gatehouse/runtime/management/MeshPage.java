package dev.gatehouse.runtime.management;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The state of the mesh client for people: an overview, and behind it what each layer tells of each service. */
final class MeshPage {
  private static final List<String> COLUMNS = List.of(
      "service", "shape", "discovery", "instances", "not well", "breaker", "policy version");

  private MeshPage() {}

  /**
   * @param bffs as {@code /mesh} answers
   */
  static String html(JsonObject bffs) {
    StringBuilder html = new StringBuilder();
    for (Map.Entry<String, Object> bff : bffs) {
      JsonArray instances = ((JsonObject) bff.getValue()).getJsonArray("instances");
      for (int i = 0; i < instances.size(); i++) {
        heading(html, bff.getKey(), i, instances.size());
        JsonObject services = instances.getJsonObject(i).getJsonObject("services");
        overview(html, services);
        services.forEach(
            service -> service(html, service.getKey(), (JsonObject) service.getValue()));
      }
    }
    configuration(html, bffs);
    return html.append("<p>").append(Html.link("/", "Back")).append("</p>").toString();
  }

  /** All BFFs of a process have the same. */
  private static void configuration(StringBuilder html, JsonObject bffs) {
    for (Map.Entry<String, Object> bff : bffs) {
      if (((JsonObject) bff.getValue()).getValue("configuration") instanceof JsonObject told) {
        html.append("<h2>")
            .append(Html.link("/mesh/configuration", "Configuration"))
            .append("</h2>\n");
        value(html, told);
        return;
      }
    }
  }

  /**
   * What would become of a call.
   *
   * @param bffs as {@code /mesh/explain} answers
   */
  static String explanation(JsonObject bffs) {
    StringBuilder html = new StringBuilder();
    for (Map.Entry<String, Object> bff : bffs) {
      JsonArray instances = ((JsonObject) bff.getValue()).getJsonArray("instances");
      for (int i = 0; i < instances.size(); i++) {
        heading(html, bff.getKey(), i, instances.size());
        value(html, instances.getJsonObject(i));
      }
    }
    return html.append("<p>").append(Html.link("/mesh", "Back")).append("</p>").toString();
  }

  private static void heading(StringBuilder html, String bff, int index, int count) {
    html.append("<h2>").append(Html.text(bff));
    if (count > 1) {
      html.append(", instance ").append(index + 1);
    }
    html.append("</h2>\n");
  }

  private static void overview(StringBuilder html, JsonObject services) {
    html.append("<table><tr>");
    COLUMNS.forEach(name -> cell(html, "th", name));
    html.append("</tr>");
    for (Map.Entry<String, Object> service : services) {
      JsonObject layers = (JsonObject) service.getValue();
      html.append("<tr>");
      cell(html, "td", service.getKey());
      cell(html, "td", text(layers.getValue("shape")));
      cell(html, "td", part(layers, "discovery", "status"));
      cell(html, "td", part(layers, "discovery", "instances"));
      cell(html, "td", String.valueOf(notWell(layers)));
      cell(html, "td", part(layers, "breaker", "state"));
      cell(html, "td", text(layers.getValue("policyVersion")));
      html.append("</tr>");
    }
    html.append("</table>\n");
  }

  private static String part(JsonObject layers, String layer, String name) {
    return text(layers.getValue(layer) instanceof JsonObject told ? told.getValue(name) : null);
  }

  private static long notWell(JsonObject layers) {
    return layers.getJsonArray("instances", new JsonArray()).stream()
        .filter(one ->
            one instanceof JsonObject instance && !"ready".equals(instance.getString("state")))
        .count();
  }

  private static void service(StringBuilder html, String name, JsonObject layers) {
    html.append("<details><summary>")
        .append(Html.text(name))
        .append(" <small>")
        .append(Html.link("/mesh/explain?service=" + name, "explain"))
        .append("</small></summary>\n<dl>");
    for (Map.Entry<String, Object> layer : layers) {
      html.append("<dt>").append(Html.text(layer.getKey())).append("</dt><dd>");
      value(html, layer.getValue());
      html.append("</dd>");
    }
    html.append("</dl></details>\n");
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

  private static String text(@Nullable Object value) {
    return value == null
        ? "–"
        : value instanceof JsonObject || value instanceof JsonArray
            ? value.toString()
            : String.valueOf(value);
  }
}

package dev.gatehouse.runtime.management;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A plan as an SVG picture: one box per step, to the right of all that it waits for. */
final class PlanPicture {
  private static final int WIDTH = 280;
  private static final int HEIGHT = 48;
  private static final int COLUMN = WIDTH + 50;
  private static final int ROW = HEIGHT + 18;
  private static final int LONGEST_LABEL = 34;

  private final String name;
  private final Map<String, Box> boxes = new LinkedHashMap<>();
  private int columns;
  private int rows;

  private record Box(JsonObject step, int column, int row) {
    int x() {
      return 4 + column * COLUMN;
    }

    int y() {
      return 4 + row * ROW;
    }
  }

  private PlanPicture(String name) {
    this.name = name;
  }

  /**
   * Lays a plan out.
   *
   * @param plan as {@code Explanation.json()} has it
   */
  static PlanPicture of(JsonObject plan) {
    PlanPicture picture = new PlanPicture(String.valueOf(plan.getValue("name")));
    List<Integer> heights = new ArrayList<>();
    for (JsonObject step : PlanPage.allSteps(plan)) {
      int column = picture.columnOf(step);
      while (heights.size() <= column) {
        heights.add(0);
      }
      int row = heights.get(column);
      heights.set(column, row + 1);
      picture.boxes.put(step.getString("id"), new Box(step, column, row));
      picture.rows = Math.max(picture.rows, row + 1);
    }
    picture.columns = heights.size();
    return picture;
  }

  /** Steps come in an order in which each stands after those it waits for. */
  private int columnOf(JsonObject step) {
    int column = 0;
    for (Box before : before(step)) {
      column = Math.max(column, before.column() + 1);
    }
    return column;
  }

  private List<Box> before(JsonObject step) {
    List<Box> before = new ArrayList<>();
    for (Object id : step.getJsonArray("after", new JsonArray())) {
      Box box = boxes.get(String.valueOf(id));
      if (box != null) {
        before.add(box);
      }
    }
    return before;
  }

  String svg() {
    int width = Math.max(1, columns) * COLUMN - 42;
    int height = Math.max(1, rows) * ROW - 8;
    StringBuilder svg = new StringBuilder(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" role=\"img\" aria-label=\"Plan of ")
        .append(Html.text(name))
        .append(": ")
        .append(boxes.size())
        .append(" steps; the table below lists them\" width=\"")
        .append(width)
        .append("\" height=\"")
        .append(height)
        .append("\" viewBox=\"0 0 ")
        .append(width)
        .append(' ')
        .append(height)
        .append("\">")
        .append(
            "<defs><marker id=\"tip\" viewBox=\"0 0 8 8\" refX=\"7\" refY=\"4\" markerWidth=\"7\" markerHeight=\"7\" orient=\"auto\">")
        .append("<path d=\"M0 0 8 4 0 8z\"/></marker></defs>\n");
    boxes.values().forEach(box -> before(box.step()).forEach(before -> arrow(svg, before, box)));
    boxes.values().forEach(box -> box(svg, box));
    return svg.append("</svg>").toString();
  }

  private static void arrow(StringBuilder svg, Box from, Box to) {
    int x1 = from.x() + WIDTH;
    int y1 = from.y() + HEIGHT / 2;
    int x2 = to.x();
    int y2 = to.y() + HEIGHT / 2;
    int bend = Math.min(60, (x2 - x1) / 2);
    svg.append("<path d=\"M")
        .append(x1)
        .append(' ')
        .append(y1)
        .append('C')
        .append(x1 + bend)
        .append(' ')
        .append(y1)
        .append(' ')
        .append(x2 - bend)
        .append(' ')
        .append(y2)
        .append(' ')
        .append(x2)
        .append(' ')
        .append(y2)
        .append("\" marker-end=\"url(#tip)\"/>\n");
  }

  private static void box(StringBuilder svg, Box box) {
    JsonObject step = box.step();
    String label = String.valueOf(step.getValue("label"));
    svg.append("<g class=\"")
        .append(Html.text(step.getString("kind", "step")))
        .append("\"><title>")
        .append(Html.text(label))
        .append("</title><rect x=\"")
        .append(box.x())
        .append("\" y=\"")
        .append(box.y())
        .append("\" width=\"")
        .append(WIDTH)
        .append("\" height=\"")
        .append(HEIGHT)
        .append("\" rx=\"6\"/>");
    text(svg, "", box.x() + 10, box.y() + 20, shortened(label));
    text(svg, " class=\"small\"", box.x() + 10, box.y() + 38, note(step));
    svg.append("</g>\n");
  }

  private static void text(StringBuilder svg, String attributes, int x, int y, String text) {
    svg.append("<text")
        .append(attributes)
        .append(" x=\"")
        .append(x)
        .append("\" y=\"")
        .append(y)
        .append("\">")
        .append(Html.text(text))
        .append("</text>");
  }

  private static String note(JsonObject step) {
    StringBuilder note = new StringBuilder(String.valueOf(step.getValue("id")));
    note(note, "in ", step.getValue("scope"), "");
    note(note, "batches of ", step.getValue("batch"), "");
    note(note, "", step.getValue("timeoutMillis"), " ms");
    return note.toString();
  }

  private static void note(
      StringBuilder note, String before, @Nullable Object value, String after) {
    if (value != null) {
      note.append(" · ").append(before).append(value).append(after);
    }
  }

  private static String shortened(String label) {
    return label.length() <= LONGEST_LABEL ? label : label.substring(0, LONGEST_LABEL - 1) + "…";
  }
}

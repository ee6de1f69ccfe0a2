package dev.gatehouse.runtime.management;

import dev.gatehouse.runtime.plan.Explanation;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The plans: as JSON for programs, as pages for people, as Mermaid for documents. */
record PlanPages(Map<String, PlanBook> bffs) {
  private static final String MERMAID = "text/vnd.mermaid";

  /** What a client can be given. */
  private enum Format {
    JSON,
    MERMAID,
    TEXT,
    HTML
  }

  void mount(Router router) {
    router.get("/plans").handler(this::list);
    router.get("/plans/:bff/:name").handler(this::show);
  }

  static String path(String bff, String composite) {
    return "/plans/" + bff + "/" + composite;
  }

  private void list(RoutingContext routing) {
    if (format(routing) == Format.HTML) {
      StringBuilder html = new StringBuilder();
      bffs.forEach((bff, book) -> {
        html.append("<h2>")
            .append(Html.text(bff))
            .append("</h2>\n<table><tr><th>Composite</th><th>Opened by</th></tr>");
        for (PlanBook.Entry entry : book.entries()) {
          html.append("<tr><td>")
              .append(Html.link(path(bff, entry.name()), entry.name()))
              .append("</td><td>");
          entry
              .openings()
              .forEach(opening ->
                  html.append("<code>").append(Html.text(opening)).append("</code><br>"));
          html.append("</td></tr>");
        }
        html.append("</table>\n");
      });
      Html.answer(
          routing,
          "Plans",
          html.append("<p>").append(Html.link("/", "Back")).append("</p>").toString());
    } else {
      JsonArray plans = new JsonArray();
      bffs.forEach((bff, book) -> book.entries()
          .forEach(entry -> plans.add(new JsonObject()
              .put("bff", bff)
              .put("name", entry.name())
              .put("openings", new JsonArray(entry.openings()))
              .put("href", path(bff, entry.name())))));
      answer(routing, "application/json", new JsonObject().put("plans", plans).encode());
    }
  }

  private void show(RoutingContext routing) {
    String bff = routing.pathParam("bff");
    String name = routing.pathParam("name");
    PlanBook book = bffs.get(bff);
    Optional<Explanation> found = book == null ? Optional.empty() : book.explain(name);
    if (found.isEmpty()) {
      Html.notFound(
          routing,
          book == null
              ? "There is no BFF " + bff + "."
              : "BFF " + bff + " opens no composite " + name + ".");
      return;
    }
    Explanation plan = found.get();
    switch (format(routing)) {
      case MERMAID -> answer(routing, MERMAID + "; charset=utf-8", plan.mermaid());
      case TEXT -> answer(routing, "text/plain; charset=utf-8", plan.text());
      case HTML -> Html.answer(routing, name, new PlanPage(bff, name, plan).html());
      default -> answer(routing, "application/json", json(bff, plan).encodePrettily());
    }
  }

  private static JsonObject json(String bff, Explanation plan) {
    JsonObject json = new JsonObject().put("bff", bff);
    json.mergeIn(plan.json());
    return json;
  }

  private static void answer(RoutingContext routing, String type, String body) {
    routing
        .response()
        .putHeader("content-type", type)
        .putHeader("vary", "accept")
        .putHeader("cache-control", "no-store")
        .end(body);
  }

  /** What the query asks for, else what the client would rather have; JSON where it does not say. */
  private static Format format(RoutingContext routing) {
    @Nullable String asked = routing.queryParams().get("format");
    if (asked != null) {
      for (Format format : Format.values()) {
        if (format.name().toLowerCase(Locale.ROOT).equals(asked)) {
          return format;
        }
      }
    }
    routing.setAcceptableContentType(null);
    List<String> accepted = routing.parsedHeaders().accept().stream()
        .map(type -> type.component() + "/" + type.subComponent())
        .toList();
    for (String type : accepted) {
      switch (type) {
        case MERMAID -> {
          return Format.MERMAID;
        }
        case "text/html" -> {
          return Format.HTML;
        }
        case "text/plain" -> {
          return Format.TEXT;
        }
        case "application/json", "*/*" -> {
          return Format.JSON;
        }
        default -> {
          // another type that the client would take, but that there is not
        }
      }
    }
    return Format.JSON;
  }
}

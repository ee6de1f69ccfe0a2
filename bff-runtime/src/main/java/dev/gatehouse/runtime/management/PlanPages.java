package dev.gatehouse.runtime.management;

import dev.gatehouse.runtime.plan.Explanation;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.Map;
import java.util.Optional;

/** The plans: as JSON for programs, as pages for people, as Mermaid for documents. */
record PlanPages(Map<String, PlanBook> bffs) {
  void mount(Router router) {
    router.get("/plans").handler(this::list);
    router.get("/plans/:bff/:name").handler(this::show);
  }

  static String path(String bff, String composite) {
    return "/plans/" + bff + "/" + composite;
  }

  private void list(RoutingContext routing) {
    if (PageFormat.wantsHtml(routing)) {
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
    switch (PageFormat.of(routing)) {
      case MERMAID -> answer(routing, PageFormat.MERMAID_TYPE + "; charset=utf-8", plan.mermaid());
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
}

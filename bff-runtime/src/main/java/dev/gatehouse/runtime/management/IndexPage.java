package dev.gatehouse.runtime.management;

import io.vertx.ext.web.Route;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.Map;
import java.util.Objects;

/** Links to everything else. */
record IndexPage(Map<String, PlanBook> bffs, Readiness readiness, Router router) {

  void mount(Router router) {
    router.get("/").handler(this::show);
  }

  private void show(RoutingContext routing) {
    StringBuilder html = new StringBuilder("<p>")
        .append(readiness.ready() ? "Ready." : "Not ready.")
        .append("</p>\n<ul>");
    for (String path :
        new String[] {"/health/live", "/health/ready", "/metrics", "/mesh", "/plans"}) {
      html.append("<li>").append(Html.link(path, path)).append("</li>");
    }
    html.append("</ul>\n");
    bffs.forEach((name, book) -> bff(html, name, book));
    Html.answer(routing, "Gatehouse", html.toString());
  }

  private void bff(StringBuilder html, String name, PlanBook book) {
    html.append("<h2>").append(Html.text(name)).append("</h2>\n<ul>");
    String below = "/bffs/" + name + "/";
    router.getRoutes().stream()
        .map(Route::getPath)
        .filter(Objects::nonNull)
        .filter(path -> path.startsWith(below) && path.indexOf(':') < 0 && path.indexOf('*') < 0)
        .distinct()
        .forEach(path -> html.append("<li>").append(Html.link(path, path)).append("</li>"));
    for (PlanBook.Entry entry : book.entries()) {
      html.append("<li>Plan of ")
          .append(Html.link(PlanPages.path(name, entry.name()), entry.name()))
          .append("</li>");
    }
    html.append("</ul>\n");
  }
}

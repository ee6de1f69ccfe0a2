package dev.gatehouse.runtime.management;

import dev.gatehouse.runtime.door.Problem;
import io.vertx.ext.web.RoutingContext;

/** Pages for people: one inline stylesheet, nothing from elsewhere, no script. */
final class Html {
  private static final String STYLE = """
      :root{color-scheme:light dark;--line:#8886;--call:#2563eb}
      body{font:16px/1.5 system-ui,sans-serif;max-width:75rem;margin:0 auto;padding:1rem}
      a{color:LinkText}h1{font-size:1.5rem}h2{font-size:1.15rem;margin-top:2rem}
      table{border-collapse:collapse;width:100%}
      th,td{text-align:left;vertical-align:top;padding:.35rem .75rem .35rem 0;border-bottom:1px solid var(--line)}
      pre,.picture{overflow-x:auto;border:1px solid var(--line);border-radius:.5rem;padding:1rem}
      code,pre{font-family:ui-monospace,monospace;font-size:.875em}
      details{margin:.5rem 0}summary{cursor:pointer}dl{display:grid;grid-template-columns:max-content 1fr;gap:.15rem 1rem}dd{margin:0}
      svg text{font:13px system-ui,sans-serif;fill:CanvasText}svg .small{font-size:11px;opacity:.75}
      svg{max-width:100%;height:auto}svg rect{fill:Canvas;stroke:var(--line)}svg .call rect{stroke:var(--call);stroke-width:2}
      svg path{fill:none;stroke:CanvasText;opacity:.45;stroke-width:1.25}svg marker path{fill:CanvasText;stroke:none;opacity:1}
      """;

  private Html() {}

  /**
   * Answers with a page.
   *
   * @param title plain text
   * @param body HTML
   */
  static void answer(RoutingContext routing, String title, String body) {
    routing
        .response()
        .putHeader("content-type", "text/html; charset=utf-8")
        .putHeader(
            "content-security-policy",
            "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'")
        .putHeader("x-content-type-options", "nosniff")
        .putHeader("cache-control", "no-store")
        .end("<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">"
            + "<meta name=\"viewport\" content=\"width=device-width\"><title>" + text(title)
            + " – Gatehouse</title><style>" + STYLE + "</style></head>\n<body><main><h1>"
            + text(title) + "</h1>\n"
            + body + "</main></body></html>\n");
  }

  static void badRequest(RoutingContext routing, String detail) {
    Problem.of(400, "bad_request", detail).answer(routing.request());
  }

  static void notFound(RoutingContext routing, String detail) {
    Problem.of(404, "not_found", detail).answer(routing.request());
  }

  /** Text as HTML shows it, in content and in quoted attributes. */
  static String text(Object text) {
    String plain = String.valueOf(text);
    StringBuilder escaped = new StringBuilder(plain.length() + 16);
    for (int i = 0; i < plain.length(); i++) {
      char c = plain.charAt(i);
      switch (c) {
        case '&' -> escaped.append("&amp;");
        case '<' -> escaped.append("&lt;");
        case '>' -> escaped.append("&gt;");
        case '"' -> escaped.append("&quot;");
        case '\'' -> escaped.append("&#39;");
        default -> escaped.append(c);
      }
    }
    return escaped.toString();
  }

  static String link(String path, String label) {
    return "<a href=\"" + text(path) + "\">" + text(label) + "</a>";
  }
}

package dev.gatehouse.runtime.management;

import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What the client of a page can be given. */
enum PageFormat {
  JSON,
  MERMAID,
  TEXT,
  HTML;

  static final String MERMAID_TYPE = "text/vnd.mermaid";

  static boolean wantsHtml(RoutingContext routing) {
    return of(routing) == HTML;
  }

  /** What the query asks for, else what the client would rather have; JSON where it does not say. */
  static PageFormat of(RoutingContext routing) {
    @Nullable String asked = routing.queryParams().get("format");
    if (asked != null) {
      for (PageFormat format : values()) {
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
        case MERMAID_TYPE -> {
          return MERMAID;
        }
        case "text/html" -> {
          return HTML;
        }
        case "text/plain" -> {
          return TEXT;
        }
        case "application/json", "*/*" -> {
          return JSON;
        }
        default -> {
          // another type that the client would take, but that there is not
        }
      }
    }
    return JSON;
  }
}

package dev.gatehouse.rest;

import dev.gatehouse.rest.internal.openapi.DescribedRoute;
import dev.gatehouse.rest.internal.openapi.OpenApiDocument;
import dev.gatehouse.rest.internal.openapi.OpenApiPage;
import dev.gatehouse.runtime.config.BffSettings;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Serves the door's OpenAPI document: to the operator always, to the public where the settings say so; in development, as a page
 * to read as well.
 */
final class ApiDescription {
  private static final String DOCUMENT_PATH = "/openapi.json";
  private static final String PAGE_PATH = "/openapi";

  private final String bff;
  private final boolean isPublic;
  private final Buffer document;
  private final @Nullable Buffer page;

  ApiDescription(String bff, BffSettings settings, List<DescribedRoute> routes) {
    this.bff = bff;
    this.isPublic = settings.publicOpenApi();
    JsonObject json = OpenApiDocument.of(bff, routes);
    this.document = json.toBuffer();
    String origin = "http://localhost:" + settings.listener().port();
    this.page = settings.development() ? Buffer.buffer(OpenApiPage.of(json, origin)) : null;
  }

  /** Takes a public request if it is for the document or its page. */
  boolean handle(HttpServerRequest request) {
    if (!isPublic
        || !(request.method().equals(HttpMethod.GET) || request.method().equals(HttpMethod.HEAD))) {
      return false;
    }
    if (DOCUMENT_PATH.equals(request.path())) {
      answer(request, "application/json", document);
      return true;
    }
    if (PAGE_PATH.equals(request.path()) && page != null) {
      answer(request, "text/html; charset=utf-8", page);
      return true;
    }
    return false;
  }

  /** Adds both to the operator's listener. */
  void manage(Router management) {
    management
        .get("/bffs/" + bff + DOCUMENT_PATH)
        .handler(context -> answer(context.request(), "application/json", document));
    if (page != null) {
      management
          .get("/bffs/" + bff + PAGE_PATH)
          .handler(context -> answer(context.request(), "text/html; charset=utf-8", page));
    }
  }

  private static void answer(HttpServerRequest request, String type, Buffer content) {
    HttpServerResponse response = request
        .response()
        .putHeader(HttpHeaderNames.CONTENT_TYPE, type)
        .putHeader(HttpHeaderNames.CACHE_CONTROL, "no-cache")
        .putHeader(HttpHeaderNames.CONTENT_LENGTH, Integer.toString(content.length()));
    if (request.method().equals(HttpMethod.HEAD)) {
      response.end();
    } else {
      response.end(content);
    }
  }
}

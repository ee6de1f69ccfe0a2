package dev.gatehouse.rest.internal.openapi;

import io.vertx.core.json.JsonObject;

/** The headers of successful answers, each described once. */
final class ResponseHeaders {
  private ResponseHeaders() {}

  static JsonObject all() {
    return new JsonObject()
        .put(
            "Degraded",
            header(
                "What the answer lacks because a service failed: a list (RFC 9651) of fields, each with the class of the failure."
                    + " `*;stale=1` says that something is not lacking, but is as it was. Not sent where the answer is whole.",
                "related;class=timed_out"))
        .put(
            "ETag",
            header(
                "A weak validator of the answer, for `If-None-Match`.",
                "W/\"9a3f5c0e11b2d4c600001234\""))
        .put("CacheControl", header("What caches may do with the answer.", "public, max-age=60"));
  }

  private static JsonObject header(String description, String example) {
    return new JsonObject()
        .put("description", description)
        .put("schema", new JsonObject().put("type", "string"))
        .put("example", example);
  }
}

package dev.gatehouse.rest.internal.openapi;

import dev.gatehouse.runtime.door.Problem;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;

/** The problems that operations may answer, each described once. */
final class ProblemResponses {
  private static final String SCHEMA = "Problem";

  private static final List<Map.Entry<Integer, String>> ALL = List.of(
      Map.entry(400, "The request does not fit the operation; `errors` has every fault."),
      Map.entry(403, "Who asks may not."),
      Map.entry(404, "What was asked for does not exist."),
      Map.entry(406, "The answer is JSON, which the `Accept` header excludes."),
      Map.entry(413, "The body is too large."),
      Map.entry(415, "The body is not `application/json`."),
      Map.entry(500, "A fault of this service."),
      Map.entry(502, "A service that is needed failed."),
      Map.entry(
          503,
          "Too much to do at the moment, or a service that is needed is; `Retry-After` says when to try again."),
      Map.entry(504, "A service that is needed did not answer in time."));

  private ProblemResponses() {}

  /** Adds the schema that all have. */
  static void addTo(Schemas schemas) {
    JsonObject text = new JsonObject().put("type", "string");
    JsonObject fault = new JsonObject()
        .put("type", "object")
        .put(
            "properties",
            new JsonObject()
                .put(
                    "in",
                    new JsonObject()
                        .put("type", "string")
                        .put(
                            "enum",
                            new JsonArray()
                                .add("path")
                                .add("query")
                                .add("header")
                                .add("body")))
                .put(
                    "parameter",
                    text.copy().put("description", "The parameter's name, outside the body."))
                .put(
                    "pointer",
                    text.copy().put("description", "A JSON pointer (RFC 6901) into the body."))
                .put("detail", text.copy()))
        .put("required", new JsonArray().add("in").add("detail"));
    schemas.add(
        SCHEMA,
        new JsonObject()
            .put("type", "object")
            .put("description", "Problem details (RFC 9457).")
            .put(
                "properties",
                new JsonObject()
                    .put("type", text.copy().put("format", "uri-reference"))
                    .put("title", text.copy())
                    .put("status", new JsonObject().put("type", "integer"))
                    .put(
                        "code",
                        text.copy()
                            .put(
                                "description",
                                "A stable name, by which programs tell problems apart."))
                    .put("detail", text.copy())
                    .put("errors", new JsonObject().put("type", "array").put("items", fault)))
            .put(
                "required",
                new JsonArray().add("type").add("title").add("status").add("code")));
  }

  /** All responses, by component name. */
  static JsonObject all() {
    JsonObject responses = new JsonObject();
    for (Map.Entry<Integer, String> response : ALL) {
      responses.put(
          name(response.getKey()),
          new JsonObject()
              .put("description", response.getValue())
              .put(
                  "content",
                  new JsonObject()
                      .put(
                          Problem.MEDIA_TYPE,
                          new JsonObject().put("schema", Schemas.reference(SCHEMA)))));
    }
    return responses;
  }

  /** Refers to those that a route may answer. */
  static void refer(DescribedRoute route, boolean hasBody, JsonObject responses) {
    if (route.method().equals("GET")) {
      responses.put(
          "304",
          new JsonObject()
              .put("description", "Nothing has changed since the `If-None-Match` tag."));
    }
    for (Map.Entry<Integer, String> response : ALL) {
      int status = response.getKey();
      boolean possible = switch (status) {
        case 403 -> !route.isOpen();
        case 413, 415 -> hasBody;
        case 406 -> route.output() != null;
        default -> true;
      };
      if (possible) {
        responses.put(
            Integer.toString(status),
            new JsonObject().put("$ref", "#/components/responses/" + name(status)));
      }
    }
  }

  private static String name(int status) {
    return Problem.of(status, "x", null).title().replace(" ", "");
  }
}

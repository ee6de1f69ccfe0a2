package dev.gatehouse.graphql.internal.answer;

import dev.gatehouse.runtime.json.JsonSink;
import graphql.language.SourceLocation;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An error after the specification (October 2021, section 7.1.2). Immutable.
 *
 * @param path response keys and indices; null where the error is of the request as a whole
 * @param details numbers and texts in the extensions, beside the code
 */
public record GraphqlError(
    ErrorCode code,
    String message,
    List<SourceLocation> locations,
    @Nullable List<Object> path,
    Map<String, ?> details) {

  public GraphqlError {
    locations = List.copyOf(locations);
    path = path == null ? null : List.copyOf(path);
  }

  public static GraphqlError of(ErrorCode code) {
    return of(code, code.message());
  }

  public static GraphqlError of(ErrorCode code, String message) {
    return new GraphqlError(code, message, List.of(), null, Map.of());
  }

  /** This error at places of the document. */
  public GraphqlError at(List<SourceLocation> places) {
    return new GraphqlError(code, message, places, path, details);
  }

  /** This error of what a path leads to. */
  public GraphqlError on(List<Object> newPath) {
    return new GraphqlError(code, message, locations, newPath, details);
  }

  /** Writes errors as a list. */
  public static void writeAll(List<GraphqlError> errors, JsonSink out) {
    out.write('[');
    for (int i = 0; i < errors.size(); i++) {
      if (i > 0) {
        out.write(',');
      }
      errors.get(i).write(out);
    }
    out.write(']');
  }

  private void write(JsonSink out) {
    key("{\"message\":", out);
    out.writeString(message);
    if (!locations.isEmpty()) {
      key(",\"locations\":[", out);
      for (int i = 0; i < locations.size(); i++) {
        key((i > 0 ? ",{\"line\":" : "{\"line\":") + locations.get(i).getLine(), out);
        key(",\"column\":" + locations.get(i).getColumn() + "}", out);
      }
      out.write(']');
    }
    if (path != null) {
      key(",\"path\":[", out);
      for (int i = 0; i < path.size(); i++) {
        if (i > 0) {
          out.write(',');
        }
        if (path.get(i) instanceof Integer index) {
          key(index.toString(), out);
        } else {
          out.writeString(path.get(i).toString());
        }
      }
      out.write(']');
    }
    key(",\"extensions\":{\"code\":\"" + code.name() + '"', out);
    details.forEach((name, detail) -> {
      key(",\"" + name + "\":", out);
      if (detail instanceof Number) {
        key(detail.toString(), out);
      } else {
        out.writeString(detail.toString());
      }
    });
    key("}}", out);
  }

  private static void key(String ascii, JsonSink out) {
    out.write(ascii.getBytes(StandardCharsets.US_ASCII));
  }
}

package dev.gatehouse.graphql.internal.incremental;

import dev.gatehouse.graphql.internal.answer.GraphqlError;
import dev.gatehouse.graphql.internal.incremental.Payload.Completed;
import dev.gatehouse.graphql.internal.incremental.Payload.Entry;
import dev.gatehouse.graphql.internal.incremental.Payload.First;
import dev.gatehouse.graphql.internal.incremental.Payload.Pending;
import dev.gatehouse.runtime.json.JsonSink;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Writes payloads as JSON, in one of the forms. Stateless. */
public final class PayloadWriter {
  private PayloadWriter() {}

  /** The payload as an object. */
  public static JsonSink write(Payload payload, IncrementalFormat format) {
    JsonSink out = new JsonSink(size(payload));
    out.write('{');
    First first = payload.first();
    if (first != null) {
      text("\"data\":", out);
      out.write(first.data());
      errors(first.errors(), out);
      byte[] extensions = first.extensions();
      if (extensions != null) {
        text(",\"extensions\":", out);
        out.write(extensions);
      }
      out.write(',');
    }
    if (format == IncrementalFormat.V0_2) {
      byId(payload, out);
    } else {
      byPath(payload, out);
    }
    text(payload.hasNext() ? "\"hasNext\":true}" : "\"hasNext\":false}", out);
    return out;
  }

  private static int size(Payload payload) {
    int size = 128 * (1 + payload.pending().size() + payload.completed().size());
    First first = payload.first();
    size += first == null ? 0 : first.data().length;
    for (Entry entry : payload.incremental()) {
      size += 128 + entry.data().length;
    }
    return size;
  }

  private static void byId(Payload payload, JsonSink out) {
    list("\"pending\":[", payload.pending(), out, pending -> {
      id(pending, out);
      path(",\"path\":", pending.path(), out);
      label(pending.label(), out);
    });
    list("\"incremental\":[", payload.incremental(), out, entry -> {
      id(entry.of(), out);
      int above = entry.of().path().size();
      if (entry.path().size() > above) {
        path(",\"subPath\":", entry.path().subList(above, entry.path().size()), out);
      }
      text(entry.of().isList() ? ",\"items\":" : ",\"data\":", out);
      out.write(entry.data());
      errors(entry.errors(), out);
    });
    list("\"completed\":[", payload.completed(), out, completed -> {
      id(completed.of(), out);
      errors(completed.errors(), out);
    });
  }

  private static void byPath(Payload payload, JsonSink out) {
    Set<String> told = new HashSet<>();
    payload.incremental().forEach(entry -> told.add(entry.of().id()));
    List<Completed> alone = payload.completed().stream()
        .filter(completed ->
            !completed.errors().isEmpty() || !told.contains(completed.of().id()))
        .toList();
    if (payload.incremental().isEmpty() && alone.isEmpty()) {
      return;
    }
    text("\"incremental\":[", out);
    int start = out.length();
    for (Entry entry : payload.incremental()) {
      next(start, out);
      text(entry.of().isList() ? "\"items\":" : "\"data\":", out);
      out.write(entry.data());
      path(",\"path\":", pathOf(entry.of(), entry.path()), out);
      label(entry.of().label(), out);
      errors(entry.errors(), out);
      out.write('}');
    }
    for (Completed completed : alone) {
      // What was told with another fragment has nothing left to say but that it is complete.
      next(start, out);
      String lost = completed.of().isList() ? "\"items\":null" : "\"data\":null";
      text(completed.errors().isEmpty() ? "\"data\":{}" : lost, out);
      path(",\"path\":", pathOf(completed.of(), completed.of().path()), out);
      label(completed.of().label(), out);
      errors(completed.errors(), out);
      out.write('}');
    }
    text("],", out);
  }

  /** The path of what follows in a list is that of its first element. */
  private static List<Object> pathOf(Pending pending, List<Object> path) {
    if (!pending.isList()) {
      return path;
    }
    List<Object> first = new ArrayList<>(path);
    first.add(pending.initialCount());
    return first;
  }

  private static void next(int start, JsonSink out) {
    text(out.length() > start ? ",{" : "{", out);
  }

  private interface Member<T> {
    void write(T value);
  }

  private static <T> void list(String open, List<T> values, JsonSink out, Member<T> member) {
    if (values.isEmpty()) {
      return;
    }
    text(open, out);
    int start = out.length();
    for (T value : values) {
      next(start, out);
      member.write(value);
      out.write('}');
    }
    text("],", out);
  }

  private static void id(Pending pending, JsonSink out) {
    text("\"id\":\"" + pending.id() + '"', out);
  }

  private static void path(String key, List<Object> path, JsonSink out) {
    text(key, out);
    out.write('[');
    for (int i = 0; i < path.size(); i++) {
      if (i > 0) {
        out.write(',');
      }
      if (path.get(i) instanceof Integer index) {
        text(index.toString(), out);
      } else {
        out.writeString(path.get(i).toString());
      }
    }
    out.write(']');
  }

  private static void label(@Nullable String label, JsonSink out) {
    if (label != null) {
      text(",\"label\":", out);
      out.writeString(label);
    }
  }

  private static void errors(List<GraphqlError> errors, JsonSink out) {
    if (!errors.isEmpty()) {
      text(",\"errors\":", out);
      GraphqlError.writeAll(errors, out);
    }
  }

  private static void text(String ascii, JsonSink out) {
    out.write(ascii.getBytes(StandardCharsets.US_ASCII));
  }
}

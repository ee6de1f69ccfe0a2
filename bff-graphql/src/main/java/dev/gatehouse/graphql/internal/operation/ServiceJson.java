package dev.gatehouse.graphql.internal.operation;

import dev.gatehouse.graphql.internal.schema.Subgraphs;
import dev.gatehouse.runtime.json.JsonSink;
import dev.gatehouse.runtime.plan.Selection;
import java.util.List;
import java.util.Map;

/** The schema of a subgraph as {@code _service} answers it. */
final class ServiceJson {
  private ServiceJson() {}

  /**
   * @param text the schema
   * @param fields what is selected, by response key
   */
  static byte[] of(String text, Map<String, List<Collected>> fields) {
    JsonSink out = new JsonSink(text.length() + 64);
    out.write('{');
    fields.forEach((key, same) -> {
      if (out.length() > 1) {
        out.write(',');
      }
      out.writeString(key);
      out.write(':');
      boolean isType = same.get(0).field().getName().equals(Selection.TYPE_NAME);
      out.writeString(isType ? Subgraphs.SERVICE_TYPE : text);
    });
    out.write('}');
    return out.toByteArray();
  }
}

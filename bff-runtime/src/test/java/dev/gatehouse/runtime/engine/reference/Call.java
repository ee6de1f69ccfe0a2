package dev.gatehouse.runtime.engine.reference;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gatehouse.dsl.contract.DataType.Component;
import dev.gatehouse.dsl.contract.DataType.ListType;
import dev.gatehouse.dsl.contract.DataType.RecordType;
import dev.gatehouse.dsl.graph.OperationSpec;
import dev.gatehouse.dsl.graph.OperationSpec.BodyBinding;
import dev.gatehouse.dsl.graph.OperationSpec.HeaderBinding;
import dev.gatehouse.dsl.graph.OperationSpec.HttpTarget;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One call as the reference makes it: of a batch, for one key.
 *
 * @param missing why it is not made; null where it is
 * @param identity what tells it from other calls of its operation: the key of a batch as a JSON array; else the URI and the body
 */
public record Call(OperationSpec operation, @Nullable Found missing, String identity) {

  static Call of(OperationSpec operation, @Nullable Val input) {
    boolean isRecord = input != null && input.type() instanceof RecordType;
    boolean hasParts = input instanceof ReadVal || input instanceof ObjectVal;
    // What stands for an object stands for it as a whole.
    return new Maker(operation).make(isRecord && !hasParts ? input.strict() : input);
  }

  /** The identity of a call that is no batch. */
  static String identity(String uri, List<String> headers, @Nullable JsonNode body) {
    return uri
        + (headers.isEmpty() ? "" : " " + headers)
        + (body == null ? "" : " " + Trees.text(body));
  }

  private static final class Maker {
    private final OperationSpec operation;
    private final Map<String, Object> variables = new HashMap<>();
    private @Nullable Found missing;

    Maker(OperationSpec operation) {
      this.operation = operation;
    }

    Call make(@Nullable Val input) {
      if (!(operation.target() instanceof HttpTarget http)) {
        JsonNode whole = input == null ? null : whole(input);
        return new Call(operation, missing, whole == null ? "" : Trees.text(whole));
      }
      if (operation.batch() != null && input != null) {
        var key = JsonNodeFactory.instance.arrayNode();
        for (Component component : operation.batch().key()) {
          Val part = input.type() instanceof RecordType
              ? input.get(ReadVal.like(input.type(), component))
              : input;
          if (part.whole() instanceof Found.There there) {
            key.add(there.json().asText());
          } else {
            miss(part.whole());
          }
        }
        return new Call(operation, missing, Trees.text(key));
      }
      JsonNode body = null;
      if (input != null) {
        if (input.type() instanceof RecordType) {
          miss(input.presence());
        }
        body = body(http, input, bindVariables(http, input));
      }
      if (missing != null) {
        return new Call(operation, missing, "");
      }
      String uri = http.uri().expand(variables::get);
      return new Call(operation, null, identity(uri, headers(http), body));
    }

    private List<String> headers(HttpTarget http) {
      List<String> headers = new ArrayList<>();
      for (HeaderBinding header : http.headers()) {
        for (String name : header.value().variableNames()) {
          Object value = variables.get(name);
          if (value != null) {
            headers.add(header.name() + "=" + value.toString().replaceAll("[^\\t -~]", ""));
          }
        }
      }
      return headers;
    }

    private void miss(Found found) {
      if (missing == null && !found.isThere()) {
        missing = found;
      }
    }

    private Set<String> bindVariables(HttpTarget http, Val input) {
      Set<String> names = new LinkedHashSet<>(http.uri().variableNames());
      for (HeaderBinding header : http.headers()) {
        names.addAll(header.value().variableNames());
      }
      for (String name : names) {
        Component component =
            input.type() instanceof RecordType record ? record.component(name) : null;
        Val part = component == null ? input : input.get(component);
        Found found = part.whole();
        if (component == null || !component.nullable()) {
          miss(found);
        }
        if (found instanceof Found.There there) {
          variables.put(name, text(part, there.json()));
        }
      }
      return names;
    }

    private static Object text(Val part, JsonNode json) {
      if (!(part.type() instanceof ListType)) {
        return json.asText();
      }
      List<String> texts = new ArrayList<>();
      json.forEach(each -> texts.add(each.asText()));
      return texts;
    }

    private @Nullable JsonNode body(HttpTarget http, Val input, Set<String> used) {
      if (http.body() instanceof BodyBinding.None) {
        return null;
      }
      if (!(input.type() instanceof RecordType record)) {
        return used.isEmpty() ? whole(input) : null;
      }
      if (http.body() instanceof BodyBinding.OneComponent one) {
        Component component = record.component(one.javaName());
        return component == null ? null : whole(input.get(component));
      }
      Writing writing = Writing.elsewhere();
      ObjectNode object = JsonNodeFactory.instance.objectNode();
      for (Component component : record.components()) {
        if (!used.contains(component.javaName())) {
          Found found = input.get(component).write(null, writing);
          Found value =
              found.isThere() ? found : Val.orNull(writing.climb(found, component.nullable()));
          miss(value);
          object.set(component.name(), value instanceof Found.There there ? there.json() : null);
        }
      }
      return object.isEmpty() ? null : object;
    }

    private @Nullable JsonNode whole(Val value) {
      Found found = value.whole();
      miss(found);
      return found instanceof Found.There there ? there.json() : null;
    }
  }
}

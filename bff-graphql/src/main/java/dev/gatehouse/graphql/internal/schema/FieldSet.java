package dev.gatehouse.graphql.internal.schema;

import dev.gatehouse.dsl.contract.DataType;
import dev.gatehouse.dsl.contract.DataType.Component;
import dev.gatehouse.dsl.contract.DataType.ListType;
import dev.gatehouse.dsl.contract.DataType.RecordType;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Fields of an object, as keys and requirements of subgraphs name them: {@code sku variation { id }}. Immutable.
 *
 * @param fields what is below each; empty for a leaf
 */
public record FieldSet(Map<String, FieldSet> fields) {
  private static final Pattern TOKEN = Pattern.compile("[{}]|[_A-Za-z][_0-9A-Za-z]*|[^\\s{}]+");
  private static final Pattern NAME = Pattern.compile("[_A-Za-z][_0-9A-Za-z]*");

  public FieldSet {
    fields = Collections.unmodifiableMap(new LinkedHashMap<>(fields));
  }

  static FieldSet of(String only) {
    return new FieldSet(Map.of(only, new FieldSet(Map.of())));
  }

  /** All fields of a record, and of the records in it; empty where one of them is within itself, so that there is no end to them. */
  static Optional<FieldSet> of(RecordType record) {
    return Optional.ofNullable(of(record, new HashSet<>()));
  }

  private static @Nullable FieldSet of(RecordType record, Set<Type> around) {
    if (!around.add(record.javaType())) {
      return null;
    }
    Map<String, FieldSet> fields = new LinkedHashMap<>();
    for (Component component : record.components()) {
      FieldSet below =
          component.type() instanceof RecordType inner ? of(inner, around) : new FieldSet(Map.of());
      if (below == null) {
        return null;
      }
      fields.put(component.name(), below);
    }
    around.remove(record.javaType());
    return new FieldSet(fields);
  }

  /** The fields that a text names; empty where it is no set of fields. */
  static Optional<FieldSet> parse(String text) {
    Matcher tokens = TOKEN.matcher(text);
    Deque<String> open = new LinkedList<>();
    while (tokens.find()) {
      open.add(tokens.group());
    }
    Map<String, FieldSet> fields = parse(open);
    return fields == null || fields.isEmpty() || !open.isEmpty()
        ? Optional.empty()
        : Optional.of(new FieldSet(fields));
  }

  private static @Nullable Map<String, FieldSet> parse(Deque<String> open) {
    Map<String, FieldSet> fields = new LinkedHashMap<>();
    while (!open.isEmpty() && !open.peek().equals("}")) {
      String name = open.remove();
      if (!NAME.matcher(name).matches()) {
        return null;
      }
      Map<String, FieldSet> below = Map.of();
      if ("{".equals(open.peek())) {
        open.remove();
        below = parse(open);
        if (below == null || below.isEmpty() || open.isEmpty()) {
          return null;
        }
        open.remove();
      }
      fields.put(name, new FieldSet(below));
    }
    return fields;
  }

  /** Whether it is a single field with nothing below it. */
  boolean isOne() {
    return fields.size() == 1 && fields.values().iterator().next().fields.isEmpty();
  }

  /** As directives have it. */
  public String text() {
    List<String> parts = new ArrayList<>();
    fields.forEach((name, below) ->
        parts.add(below.fields.isEmpty() ? name : name + " { " + below.text() + " }"));
    return String.join(" ", parts);
  }

  /** Whether an object has all of these, and none of them is null. */
  public boolean isIn(Map<?, ?> object) {
    return fields.entrySet().stream().allMatch(field -> {
      Object value = object.get(field.getKey());
      return value != null
          && (field.getValue().fields.isEmpty()
              || value instanceof Map<?, ?> inner && field.getValue().isIn(inner));
    });
  }

  /** The first field that a type does not have, with the way to it; empty where it has all of them. */
  Optional<String> missingIn(DataType type) {
    DataType element = type;
    while (element instanceof ListType list) {
      element = list.element();
    }
    for (Map.Entry<String, FieldSet> field : fields.entrySet()) {
      Component component =
          element instanceof RecordType record ? record.field(field.getKey()) : null;
      if (component == null) {
        return Optional.of(field.getKey());
      }
      Optional<String> below = field.getValue().missingIn(component.type());
      if (below.isPresent()) {
        return Optional.of(field.getKey() + "." + below.get());
      }
    }
    return Optional.empty();
  }
}

package dev.gatehouse.rest.internal.fields;

import dev.gatehouse.dsl.contract.DataType;
import dev.gatehouse.dsl.contract.DataType.Case;
import dev.gatehouse.dsl.contract.DataType.Component;
import dev.gatehouse.dsl.contract.DataType.ListType;
import dev.gatehouse.dsl.contract.DataType.MapType;
import dev.gatehouse.dsl.contract.DataType.RecordType;
import dev.gatehouse.dsl.contract.DataType.UnionType;
import dev.gatehouse.dsl.graph.Node.ArgumentSpec;
import dev.gatehouse.runtime.plan.Selection;
import dev.gatehouse.runtime.plan.Selection.Argument;
import dev.gatehouse.runtime.plan.Selection.Field;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Resolves {@code fields} texts against one composite's output. Stateless but for what it was made with; safe to share. */
public final class FieldsResolver {
  private final DataType output;
  private final ArgumentIndex arguments;

  public FieldsResolver(DataType output, ArgumentIndex arguments) {
    this.output = output;
    this.arguments = arguments;
  }

  /** The whole output. */
  public ResolvedFields whole() {
    Resolution resolution = new Resolution();
    return new ResolvedFields(resolution.whole(output, ""), resolution.slots);
  }

  /**
   * The part of the output that a text names.
   *
   * @throws FieldsSyntaxException where the text cannot be read
   * @throws UnknownFieldsException where it names what is not there, listing all such names
   */
  public ResolvedFields resolve(String fields)
      throws FieldsSyntaxException, UnknownFieldsException {
    List<RequestedField> requested = FieldsParser.parse(fields);
    Resolution resolution = new Resolution();
    Selection selection = resolution.part(output, requested, "");
    if (!resolution.problems.isEmpty()) {
      throw new UnknownFieldsException(resolution.problems);
    }
    return new ResolvedFields(selection, resolution.slots);
  }

  /** One resolution under way. */
  private final class Resolution {
    final List<ArgumentSlot> slots = new ArrayList<>();
    final List<String> problems = new ArrayList<>();
    private final Deque<String> open = new ArrayDeque<>();

    Selection part(DataType type, List<RequestedField> requested, String path) {
      DataType element = element(type);
      List<Field> fields = new ArrayList<>();
      if (element instanceof RecordType record) {
        for (RequestedField field : requested) {
          Component component = record.field(field.name());
          if (component == null) {
            unknown(path + field.name(), names(record));
          } else {
            fields.add(field(record, component, field.part(), path, null));
          }
        }
      } else if (element instanceof UnionType union) {
        for (RequestedField field : requested) {
          unionField(union, field, path, fields);
        }
      } else {
        problems.add((path.isEmpty() ? "the answer" : without(path)) + " is of type "
            + element.name() + " (expected: no fields of it, it comes as a whole)");
      }
      return new Selection(fields);
    }

    /** All of a value; null unless fields inside take arguments, which then must be named one by one. */
    @Nullable Selection whole(DataType type, String path) {
      DataType element = element(type);
      if (!arguments.reachableFrom(element) || open.contains(element.name())) {
        return null;
      }
      open.push(element.name());
      List<Field> fields = new ArrayList<>();
      if (element instanceof RecordType record) {
        for (Component component : record.components()) {
          fields.add(field(record, component, null, path, null));
        }
      } else if (element instanceof UnionType union) {
        fields.add(Selection.field(union.discriminator()));
        for (String name : names(union)) {
          if (!name.equals(union.discriminator())) {
            unionField(union, new RequestedField(name, null), path, fields);
          }
        }
      }
      open.pop();
      return new Selection(fields);
    }

    private Field field(
        RecordType record,
        Component component,
        @Nullable List<RequestedField> part,
        String path,
        @Nullable Set<String> cases) {
      String own = path + component.name();
      List<Argument> taken = new ArrayList<>();
      for (ArgumentSpec spec : arguments.of(record, component)) {
        taken.add(new Argument(spec.name(), slot(own + "." + spec.name(), spec)));
      }
      Selection selection = part == null
          ? whole(component.type(), own + ".")
          : part(component.type(), part, own + ".");
      return new Field(component.name(), component.name(), taken, selection, cases);
    }

    /** Adds a field of a union: once for all the cases that have it with one type, else once per type. */
    private void unionField(
        UnionType union, RequestedField requested, String path, List<Field> fields) {
      if (requested.name().equals(union.discriminator())) {
        if (requested.part() != null) {
          problems.add(path + requested.name()
              + " is a String (expected: no fields of it, it comes as a whole)");
        }
        fields.add(Selection.field(requested.name()));
        return;
      }
      Map<String, Set<String>> tagsByType = new LinkedHashMap<>();
      Map<String, Case> firstByType = new LinkedHashMap<>();
      for (Case one : union.cases()) {
        Component component = one.type().field(requested.name());
        if (component != null) {
          // Cases whose field takes arguments stand apart, as the arguments belong to the case's
          // record.
          String key = arguments.of(one.type(), component).isEmpty()
              ? component.type().name()
              : one.tag() + "#";
          tagsByType.computeIfAbsent(key, name -> new LinkedHashSet<>()).add(one.tag());
          firstByType.putIfAbsent(key, one);
        }
      }
      if (tagsByType.isEmpty()) {
        unknown(path + requested.name(), names(union));
      }
      boolean single = tagsByType.size() == 1;
      tagsByType.forEach((key, tags) -> {
        RecordType record = Objects.requireNonNull(firstByType.get(key)).type();
        Component component = record.field(requested.name());
        if (component != null) {
          fields.add(field(record, component, requested.part(), path, single ? null : tags));
        }
      });
    }

    private int slot(String parameter, ArgumentSpec spec) {
      for (ArgumentSlot known : slots) {
        if (known.parameter().equals(parameter)) {
          return known.slot();
        }
      }
      slots.add(new ArgumentSlot(parameter, slots.size(), spec));
      return slots.size() - 1;
    }

    private void unknown(String field, Set<String> known) {
      problems.add(field + " is unknown (known: " + String.join(", ", known) + ")");
    }
  }

  /** What a list or a map is of, through any number of them; else the type itself. */
  private static DataType element(DataType type) {
    if (type instanceof ListType list) {
      return element(list.element());
    }
    return type instanceof MapType map ? element(map.value()) : type;
  }

  private static Set<String> names(RecordType record) {
    Set<String> names = new LinkedHashSet<>();
    for (Component component : record.components()) {
      names.add(component.name());
    }
    return names;
  }

  private static Set<String> names(UnionType union) {
    Set<String> names = new LinkedHashSet<>(List.of(union.discriminator()));
    for (Case one : union.cases()) {
      names.addAll(names(one.type()));
    }
    return names;
  }

  private static String without(String path) {
    return path.substring(0, path.length() - 1);
  }
}

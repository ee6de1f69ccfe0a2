package dev.gatehouse.rest.internal.input;

import dev.gatehouse.dsl.contract.DataType;
import dev.gatehouse.dsl.contract.DataType.Component;
import dev.gatehouse.dsl.contract.DataType.ListType;
import dev.gatehouse.dsl.contract.DataType.RecordType;
import dev.gatehouse.rest.internal.input.BindingProblem.Kind;
import dev.gatehouse.runtime.door.Nearest;
import dev.gatehouse.runtime.door.Problem.In;
import dev.gatehouse.runtime.door.format.ScalarFormat;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Decides, once per route, which part of a request binds which component of the input. Used once. */
public final class InputBindingCompiler {
  /** The query parameter that every route has of its own. */
  public static final String FIELDS = "fields";

  private final @Nullable DataType input;
  private final InputSources sources;
  private final List<BindingProblem> problems = new ArrayList<>();
  private final List<Parameter> parameters = new ArrayList<>();
  private final List<Integer> pathIndex = new ArrayList<>();
  private final Map<String, String> elsewhere = new LinkedHashMap<>();

  /**
   * @param input what the composite takes; null where it takes nothing
   */
  public InputBindingCompiler(@Nullable DataType input, InputSources sources) {
    this.input = input;
    this.sources = sources;
  }

  /** What is wrong with the route, once it was compiled. */
  public List<BindingProblem> problems() {
    return List.copyOf(problems);
  }

  /** Compiles. Where there are problems, the result is good for nothing but being thrown away. */
  public InputBinding compile() {
    if (input instanceof RecordType record) {
      return object(record);
    }
    if (input == null) {
      for (String variable : sources.path().variables()) {
        problem(
            Kind.UNKNOWN_COMPONENT,
            "path variable {" + variable + "}: the composite takes no input"
                + " (expected: a path without variables, or a composite with an input)");
      }
    } else {
      single(input);
    }
    refuseUnknown(sources.headers().values(), "header for component \"", List.of());
    refuseUnknown(sources.defaults().keySet(), "default for component \"", List.of());
    BodyShape body = !sources.hasBody() || (input != null && !parameters.isEmpty())
        ? new BodyShape.None()
        : input == null
            ? new BodyShape.Members(List.of(), Map.of(), Map.of())
            : new BodyShape.Whole(input);
    return new InputBinding(input, false, parameters, indices(), body);
  }

  private void single(DataType type) {
    List<String> variables = sources.path().variables();
    ScalarFormat format = ScalarFormat.of(type);
    if (variables.size() == 1 && format != null) {
      parameter(new Parameter(In.PATH, variables.get(0), type, null, format, null), 0);
    } else if (!variables.isEmpty()) {
      problem(
          Kind.UNKNOWN_COMPONENT,
          "path variables {" + String.join("}, {", variables) + "}: the input is of type "
              + type.name()
              + " (expected: one variable for a scalar input, or a record with a component for each)");
    } else if (!sources.hasBody()) {
      problem(
          Kind.UNBINDABLE_COMPONENT,
          "the input is of type " + type.name()
              + " (expected: a path variable for a scalar, or a record whose components are query parameters)");
    }
  }

  private InputBinding object(RecordType record) {
    List<String> names = record.components().stream().map(Component::name).toList();
    List<String> variables = sources.path().variables();
    for (int i = 0; i < variables.size(); i++) {
      Component component = component(record, variables.get(i));
      if (component == null) {
        problem(
            Kind.UNKNOWN_COMPONENT,
            "path variable {" + variables.get(i) + "}: no component of " + record.name()
                + " (expected: one of " + String.join(", ", names) + ")");
      } else {
        scalar(In.PATH, variables.get(i), component, i);
      }
    }
    refuseUnknown(sources.headers().values(), "header for component \"", names);
    refuseUnknown(sources.defaults().keySet(), "default for component \"", names);
    sources.headers().forEach((header, name) -> {
      Component component = component(record, name);
      if (component != null && elsewhere.containsKey(component.name())) {
        problem(
            Kind.BOUND_TWICE,
            "component " + component.name() + ": bound by the " + elsewhere.get(component.name())
                + " and by header " + header + " (expected: one of them)");
      } else if (component != null) {
        scalar(In.HEADER, header, component, -1);
      }
    });
    List<Component> rest = record.components().stream()
        .filter(one -> !elsewhere.containsKey(one.name()))
        .toList();
    if (sources.hasBody()) {
      return new InputBinding(
          record,
          true,
          parameters,
          indices(),
          new BodyShape.Members(rest, elsewhere, defaults(rest)));
    }
    for (Component component : rest) {
      query(component);
    }
    return new InputBinding(record, true, parameters, indices(), new BodyShape.None());
  }

  private void scalar(In in, String name, Component component, int index) {
    ScalarFormat format = ScalarFormat.of(component.type());
    if (format == null) {
      problem(
          Kind.UNBINDABLE_COMPONENT,
          "component " + component.name() + " of type " + component.type().name()
              + ": bound by the " + in.label() + " (expected: a scalar or an enumeration there)");
    } else {
      elsewhere.put(component.name(), in.label());
      parameter(
          new Parameter(
              in, name, component.type(), component, format, byDefault(component, format)),
          index);
    }
  }

  private void query(Component component) {
    DataType type = component.type() instanceof ListType list ? list.element() : component.type();
    ScalarFormat format = ScalarFormat.of(type);
    if (format == null) {
      problem(
          Kind.UNBINDABLE_COMPONENT,
          "component " + component.name() + " of type " + component.type().name()
              + ": cannot be a query parameter (expected: a scalar, an enumeration or a list of these; or POST with a body)");
    } else if (component.name().equals(FIELDS)) {
      problem(
          Kind.UNBINDABLE_COMPONENT,
          "component " + FIELDS + ": the query parameter of that name selects the"
              + " answer's fields (expected: another name)");
    } else {
      ScalarFormat own = component.type() instanceof ListType ? null : format;
      parameter(
          new Parameter(
              In.QUERY,
              component.name(),
              component.type(),
              component,
              format,
              byDefault(component, own)),
          -1);
    }
  }

  private byte @Nullable [] byDefault(Component component, @Nullable ScalarFormat format) {
    byte[] json = sources.defaults().get(component.name());
    if (json != null && format != null) {
      String text = new String(json, StandardCharsets.UTF_8);
      String plain = text.startsWith("\"") ? text.substring(1, text.length() - 1) : text;
      if (!format.accepts(plain)) {
        problem(
            Kind.BAD_DEFAULT,
            "default of component " + component.name() + ": " + text + " (expected: "
                + format.expected() + ")");
      }
    }
    return json;
  }

  private Map<String, byte[]> defaults(List<Component> components) {
    Map<String, byte[]> defaults = new LinkedHashMap<>();
    for (Component component : components) {
      byte[] json = byDefault(component, ScalarFormat.of(component.type()));
      if (json != null) {
        defaults.put(component.name(), json);
      }
    }
    return defaults;
  }

  private void refuseUnknown(Iterable<String> given, String what, List<String> names) {
    for (String name : given) {
      if (!names.contains(name)) {
        problem(
            Kind.UNKNOWN_COMPONENT,
            what + name + "\": no component of the input " + Nearest.expected(name, names));
      }
    }
  }

  private static @Nullable Component component(RecordType record, String name) {
    Component component = record.field(name);
    return component == null ? record.component(name) : component;
  }

  private void parameter(Parameter parameter, int index) {
    parameters.add(parameter);
    pathIndex.add(index);
  }

  private int[] indices() {
    return pathIndex.stream().mapToInt(Integer::intValue).toArray();
  }

  private void problem(Kind kind, String message) {
    problems.add(new BindingProblem(kind, message));
  }
}

package dev.gatehouse.dsl;

import dev.gatehouse.dsl.contract.DataType;
import dev.gatehouse.dsl.contract.DataType.Component;
import dev.gatehouse.dsl.contract.DataType.EnumType;
import dev.gatehouse.dsl.contract.DataType.ListType;
import dev.gatehouse.dsl.contract.DataType.MapType;
import dev.gatehouse.dsl.contract.DataType.RecordType;
import dev.gatehouse.dsl.contract.DataType.ScalarType;
import dev.gatehouse.dsl.contract.Nothing;
import dev.gatehouse.dsl.finding.CallFinding.BatchKey;
import dev.gatehouse.dsl.finding.CallFinding.InputUnused;
import dev.gatehouse.dsl.finding.CallFinding.VariableUnbound;
import dev.gatehouse.dsl.finding.Finding;
import dev.gatehouse.dsl.finding.ShapeFinding.TypeMismatch;
import dev.gatehouse.dsl.graph.OperationSpec;
import dev.gatehouse.dsl.graph.OperationSpec.BodyBinding;
import dev.gatehouse.dsl.graph.OperationSpec.HeaderBinding;
import dev.gatehouse.dsl.graph.OperationSpec.HttpTarget;
import dev.gatehouse.dsl.graph.OperationSpec.JavaTarget;
import dev.gatehouse.dsl.graph.Place;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Whether what an operation is called with can be bound to its URI, headers, body and batch key. */
final class InputCheck {
  private final String caller;
  private final Consumer<Finding> findings;
  private final OperationSpec spec;
  private final @Nullable DataType input;
  private final Place place;
  private final String operation;

  private InputCheck(
      String caller,
      Consumer<Finding> findings,
      OperationSpec spec,
      @Nullable DataType input,
      Place place) {
    this.caller = caller;
    this.findings = findings;
    this.spec = spec;
    this.input = input;
    this.place = place;
    operation = NodeText.of(spec);
  }

  /**
   * @param input its type; null where there is none
   */
  static void check(Definition current, OperationSpec spec, @Nullable DataType input) {
    InputCheck check =
        new InputCheck(current.composite(), current::report, spec, input, Places.here());
    if (spec.target() instanceof JavaTarget java) {
      check.java(
          java.input() == null
              ? null
              : current.contract(java.input(), check.operation, spec.place()));
    } else if (spec.target() instanceof HttpTarget http) {
      check.http(http);
      check.batch();
    }
  }

  /**
   * What is wrong with the input of a source of events.
   *
   * @param input its type; null where there is none
   */
  static List<Finding> ofSource(OperationSpec spec, HttpTarget target, @Nullable DataType input) {
    List<Finding> findings = new ArrayList<>();
    new InputCheck("source of events", findings::add, spec, input, spec.place()).http(target);
    return findings;
  }

  private void java(@Nullable DataType expected) {
    boolean fits =
        input == null || expected == null ? input == expected : TypeFit.fits(input, expected);
    if (!fits) {
      findings.accept(new TypeMismatch(
          place,
          caller,
          "the input of " + operation,
          "a value",
          name(input),
          name(expected),
          "Call it with a value of the type it was declared with."));
    }
  }

  private static String name(@Nullable DataType type) {
    return type == null ? Nothing.class.getSimpleName() : type.name();
  }

  private void http(HttpTarget target) {
    Map<String, String> variables = new LinkedHashMap<>();
    target.uri().variableNames().forEach(name -> variables.put(name, "URI"));
    for (HeaderBinding header : target.headers()) {
      header
          .value()
          .variableNames()
          .forEach(name -> variables.putIfAbsent(name, "header " + header.name()));
    }
    if (input instanceof RecordType record) {
      components(record, variables, target.body());
    } else {
      whole(variables, target.body());
    }
  }

  private void components(RecordType record, Map<String, String> variables, BodyBinding body) {
    Set<String> used = new LinkedHashSet<>();
    variables.forEach((variable, where) -> {
      Component component = named(record, variable);
      if (component == null) {
        unbound(
            variable, where, "one of its components " + String.join(", ", Fields.names(record)));
      } else {
        used.add(component.javaName());
        requireText(record.name() + "." + component.javaName(), variable, component.type());
      }
    });
    if (body instanceof BodyBinding.OneComponent one) {
      if (record.component(one.javaName()) == null) {
        unbound(
            one.javaName(),
            "body",
            "one of its components " + String.join(", ", Fields.names(record)));
      }
      used.add(one.javaName());
    }
    if (!(body instanceof BodyBinding.Rest)) {
      for (Component component : record.components()) {
        if (!used.contains(component.javaName())) {
          unused(record.name() + "." + component.javaName());
        }
      }
    }
  }

  private static @Nullable Component named(RecordType record, String variable) {
    Component byJavaName = record.component(variable);
    return byJavaName == null ? record.field(variable) : byJavaName;
  }

  private void whole(Map<String, String> variables, BodyBinding body) {
    if (input == null || variables.size() > 1) {
      variables.forEach((variable, where) -> unbound(
          variable, where, input == null ? "an input" : "a record with a component of this name"));
    } else {
      variables.forEach((variable, where) -> requireText("the input", variable, input));
    }
    if (body instanceof BodyBinding.OneComponent one) {
      unbound(one.javaName(), "body", "a record with a component of this name");
    } else if (input != null && variables.isEmpty() && !(body instanceof BodyBinding.Rest)) {
      unused("its input, " + input.name() + ",");
    }
  }

  private void requireText(String subject, String variable, DataType type) {
    DataType element = type instanceof ListType list
        ? list.element()
        : type instanceof MapType map ? map.value() : type;
    if (!(element instanceof ScalarType)
        && !(element instanceof EnumType)
        && !TypeFit.isBroken(element)) {
      findings.accept(new TypeMismatch(
          place,
          caller,
          "the variable {" + variable + "} of " + operation,
          subject,
          type.name(),
          "a scalar, or a list or map of scalars",
          "Send it in the body, or one scalar of it here."));
    }
  }

  private void unbound(String variable, String where, String expected) {
    findings.accept(new VariableUnbound(
        place,
        caller,
        operation,
        variable,
        where,
        input == null ? "(none)" : input.name(),
        expected));
  }

  private void unused(String what) {
    findings.accept(new InputUnused(place, caller, operation, what));
  }

  private void batch() {
    if (spec.batch() == null) {
      return;
    }
    List<Component> key = spec.batch().key();
    if (input instanceof RecordType record) {
      if (spec.target() instanceof HttpTarget http
          && !http.uri().variableNames().isEmpty()) {
        mismatch(
            "its input " + record.name() + " is a record, and the URI has variables",
            "a batch of records in the body, without variables in the URI; the URI takes a list of scalars");
      }
      key.forEach(component -> {
        Component match = record.component(component.javaName());
        if (match == null) {
          mismatch(
              "its key " + answer(component) + " is no component of its input " + record.name(),
              "key components with the names of input components: "
                  + String.join(", ", Fields.names(record)));
        } else {
          requireKey(component, record.name() + "." + match.javaName(), match.type());
        }
      });
      for (Component component : record.components()) {
        if (key.stream().noneMatch(one -> one.javaName().equals(component.javaName()))) {
          mismatch(
              "answers do not say which " + record.name() + "." + component.javaName()
                  + " they belong to",
              "a key with a component for each one of the input");
        }
      }
    } else if (input == null) {
      mismatch("it is called without an input", "an input that its key can be compared with");
    } else if (key.size() != 1) {
      mismatch(
          "its key has " + key.size() + " components and its input is one " + input.name(),
          "a key of one component");
    } else {
      requireKey(key.get(0), "its input", input);
    }
  }

  private void requireKey(Component key, String subject, DataType type) {
    if (!TypeFit.fits(type, key.type()) && !TypeFit.fits(key.type(), type)) {
      mismatch(
          "its key " + answer(key) + " is of the type " + TypeFit.name(key.type(), type) + ", and "
              + subject + " of " + TypeFit.name(type, key.type()),
          "equal types");
    }
  }

  private String answer(Component component) {
    return spec.answer().name() + "." + component.javaName();
  }

  private void mismatch(String problem, String expected) {
    findings.accept(new BatchKey(place, operation, problem, expected));
  }
}

package dev.gatehouse.graphql.internal.schema;

import dev.gatehouse.dsl.contract.DataType;
import dev.gatehouse.dsl.contract.DataType.Component;
import dev.gatehouse.dsl.contract.DataType.EnumType;
import dev.gatehouse.dsl.contract.DataType.RecordType;
import dev.gatehouse.dsl.contract.DataType.ScalarType;
import dev.gatehouse.dsl.contract.DataType.UnionType;
import dev.gatehouse.dsl.finding.Code;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Decides which arguments a root field has. Confined to one compilation. */
final class RootInputs {
  private static final String SCALAR = "id";
  private static final String WHOLE = "input";

  private final TypeNames names;

  RootInputs(TypeNames names) {
    this.names = names;
  }

  RootInput of(RootField root, @Nullable DataType type) {
    RootInput input = shape(root, type);
    for (String argument : root.defaults().keySet()) {
      if (input.arguments().stream().noneMatch(known -> known.name().equals(argument))) {
        names.problem(
            Code.GRAPHQL_ARGUMENT,
            "default of argument " + argument + ", which it does not have (expected: "
                + (input.arguments().isEmpty()
                    ? "no default, as it takes nothing"
                    : "one of "
                        + String.join(
                            ", ",
                            input.arguments().stream()
                                .map(RootInput.Argument::name)
                                .toList()))
                + ").");
      }
    }
    return input;
  }

  private RootInput shape(RootField root, @Nullable DataType type) {
    if (type == null) {
      refuse(root.input(), "input", "it takes nothing", "a field without it");
      refuse(root.argument(), "argument", "it takes nothing", "a field without it");
      return new RootInput(null, false, List.of());
    }
    if (type instanceof RecordType record) {
      refuse(
          root.argument(),
          "argument",
          "its input is the record " + record.name(),
          "input(…) to take it as one argument, or neither");
      return root.input() == null
          ? new RootInput(type, true, members(root, record))
          : new RootInput(type, false, List.of(whole(root, root.input(), type)));
    }
    if (!(type instanceof UnionType)) {
      refuse(
          root.input(),
          "input",
          "its input is of type " + type.name(),
          "argument(…) to name it, or neither");
    }
    String byConvention = type instanceof ScalarType || type instanceof EnumType ? SCALAR : WHOLE;
    String name = root.argument() != null
        ? root.argument()
        : root.input() != null ? root.input() : byConvention;
    return new RootInput(type, false, List.of(whole(root, name, type)));
  }

  private void refuse(@Nullable String said, String verb, String found, String expected) {
    if (said != null) {
      names.problem(
          Code.GRAPHQL_ARGUMENT,
          verb + "(\"" + said + "\"), but " + found + " (expected: " + expected + ").");
    }
  }

  private static List<RootInput.Argument> members(RootField root, RecordType record) {
    List<RootInput.Argument> arguments = new ArrayList<>();
    for (Component component : record.components()) {
      arguments.add(new RootInput.Argument(
          component.name(),
          component.type(),
          component.nullable(),
          root.defaults().get(component.name())));
    }
    return arguments;
  }

  private static RootInput.Argument whole(RootField root, String name, DataType type) {
    return new RootInput.Argument(name, type, false, root.defaults().get(name));
  }
}

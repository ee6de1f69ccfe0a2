package dev.gatehouse.graphql.internal.operation;

import dev.gatehouse.dsl.contract.JsonKind;
import dev.gatehouse.dsl.graph.Node.ArgumentSpec;
import dev.gatehouse.graphql.internal.answer.ErrorCode;
import dev.gatehouse.graphql.internal.answer.GraphqlError;
import dev.gatehouse.graphql.internal.answer.RequestRefused;
import dev.gatehouse.graphql.internal.input.InputFault;
import dev.gatehouse.graphql.internal.input.InputWriter;
import dev.gatehouse.graphql.internal.schema.RootInput;
import dev.gatehouse.runtime.door.format.ScalarFormat;
import dev.gatehouse.runtime.json.JsonSink;
import graphql.execution.CoercedVariables;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** From the arguments of a root field and of the fields below it to what its plan takes. Immutable. */
public final class BoundInput {
  private final RootInput input;
  private final ArgumentValues root;
  private final List<Slot> slots;
  private final byte @Nullable [] constantInput;
  private final @Nullable List<byte @Nullable []> constantSlots;

  /** What one argument of a field below is bound to. */
  record Slot(ArgumentSpec spec, ArgumentValues values) {}

  BoundInput(RootInput input, ArgumentValues root, List<Slot> slots) {
    this.input = input;
    this.root = root;
    this.slots = List.copyOf(slots);
    CoercedVariables none = CoercedVariables.emptyVariables();
    this.constantInput = root.isConstant() ? input(none) : null;
    this.constantSlots =
        slots.stream().allMatch(slot -> slot.values().isConstant()) ? slots(none) : null;
  }

  /** The composite's input; null where it takes none. */
  public byte @Nullable [] json(CoercedVariables variables) {
    return root.isConstant() ? constantInput : input(variables);
  }

  /** The values of the arguments below, by slot. */
  public List<byte @Nullable []> arguments(CoercedVariables variables) {
    return constantSlots == null ? slots(variables) : constantSlots;
  }

  private byte @Nullable [] input(CoercedVariables variables) {
    if (input.type() == null) {
      return null;
    }
    Map<String, @Nullable Object> values = root.values(variables);
    JsonSink out = new JsonSink(64);
    try {
      if (input.members()) {
        members(values, out);
      } else {
        RootInput.Argument whole = input.arguments().get(0);
        InputWriter.write(
            whole.type(), whole.nullable(), values.get(whole.name()), whole.name(), out);
      }
    } catch (InputFault e) {
      throw refused(e.getMessage(), root);
    }
    return out.toByteArray();
  }

  private void members(Map<String, @Nullable Object> values, JsonSink out) {
    out.write('{');
    for (RootInput.Argument argument : input.arguments()) {
      if (values.containsKey(argument.name())) {
        if (out.length() > 1) {
          out.write(',');
        }
        out.writeString(argument.name());
        out.write(':');
        InputWriter.write(
            argument.type(),
            argument.nullable(),
            values.get(argument.name()),
            argument.name(),
            out);
      }
    }
    out.write('}');
  }

  private List<byte @Nullable []> slots(CoercedVariables variables) {
    if (slots.isEmpty()) {
      return List.of();
    }
    List<byte @Nullable []> bytes = new ArrayList<>(slots.size());
    for (Slot slot : slots) {
      Map<String, @Nullable Object> values = slot.values().values(variables);
      bytes.add(
          values.containsKey(slot.spec().name())
              ? slot(slot, values.get(slot.spec().name()))
              : null);
    }
    return bytes;
  }

  private static byte[] slot(Slot slot, @Nullable Object value) {
    ArgumentSpec spec = slot.spec();
    JsonSink out = new JsonSink(16);
    try {
      InputWriter.write(spec.type(), spec.byDefault() == null, value, spec.name(), out);
    } catch (InputFault e) {
      throw refused(e.getMessage(), slot.values());
    }
    if (value != null && !isWithin(spec, value)) {
      throw refused(
          spec.name() + ": " + value + " (expected: "
              + (spec.min() == null
                  ? "at most " + spec.max()
                  : spec.max() == null
                      ? "at least " + spec.min()
                      : spec.min() + " to " + spec.max())
              + (value instanceof CharSequence ? " characters)" : ")"),
          slot.values());
    }
    return out.toByteArray();
  }

  private static boolean isWithin(ArgumentSpec spec, Object value) {
    ScalarFormat format = ScalarFormat.of(spec.type());
    if (spec.min() == null && spec.max() == null || format == null) {
      return true;
    }
    String text = value.toString();
    BigDecimal size = format.kind() == JsonKind.STRING
        ? BigDecimal.valueOf(text.codePointCount(0, text.length()))
        : new BigDecimal(text);
    return (spec.min() == null || size.compareTo(BigDecimal.valueOf(spec.min())) >= 0)
        && (spec.max() == null || size.compareTo(BigDecimal.valueOf(spec.max())) <= 0);
  }

  private static RequestRefused refused(@Nullable String message, ArgumentValues values) {
    GraphqlError error = GraphqlError.of(ErrorCode.BAD_USER_INPUT, String.valueOf(message));
    return new RequestRefused(List.of(
        values.field().getSourceLocation() == null
            ? error
            : error.at(List.of(values.field().getSourceLocation()))));
  }
}

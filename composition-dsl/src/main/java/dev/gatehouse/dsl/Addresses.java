package dev.gatehouse.dsl;

import dev.gatehouse.dsl.contract.DataType;
import dev.gatehouse.dsl.contract.DataType.Component;
import dev.gatehouse.dsl.contract.DataType.EnumType;
import dev.gatehouse.dsl.contract.DataType.RecordType;
import dev.gatehouse.dsl.contract.DataType.ScalarType;
import dev.gatehouse.dsl.finding.CallFinding.BadTemplate;
import dev.gatehouse.dsl.finding.CallFinding.VariableUnbound;
import dev.gatehouse.dsl.finding.Finding;
import dev.gatehouse.dsl.graph.Place;
import dev.gatehouse.dsl.uri.UriTemplate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Addresses of the event bus: text with plain variables, each a scalar that must be there. */
final class Addresses {
  private static final String SUBJECT = "source of events";

  private Addresses() {}

  /**
   * Parses an address and finds what is wrong with it.
   *
   * @param input what its variables are taken from; null for nothing
   */
  static UriTemplate check(
      String source,
      String address,
      @Nullable DataType input,
      Place place,
      List<Finding> findings) {
    UriTemplate template;
    try {
      template = UriTemplate.parse(address);
    } catch (IllegalArgumentException e) {
      findings.add(new BadTemplate(place, source, String.valueOf(e.getMessage())));
      return UriTemplate.parse("");
    }
    for (UriTemplate.Part part : template.parts()) {
      if (part instanceof UriTemplate.Expression expression
          && (expression.operator() != UriTemplate.Operator.SIMPLE
              || expression.variables().size() != 1)) {
        findings.add(new BadTemplate(
            place,
            source,
            "the address \"" + address
                + "\" is more than text and {name} (expected: one plain variable per expression)"));
        return template;
      }
    }
    List<String> variables = List.copyOf(template.variableNames());
    for (String variable : variables) {
      if (!isBound(variable, input, variables.size())) {
        findings.add(new VariableUnbound(
            place,
            SUBJECT,
            source,
            variable,
            "address",
            input == null ? "(none)" : input.name(),
            input instanceof RecordType
                ? "a scalar component of this name that is never null"
                : "a scalar as its only variable, or a record with a component of this name"));
      }
    }
    return template;
  }

  private static boolean isBound(String variable, @Nullable DataType input, int variables) {
    if (input instanceof RecordType record) {
      Component component = record.component(variable);
      return component != null && !component.nullable() && isText(component.type());
    }
    return input != null && variables == 1 && isText(input);
  }

  private static boolean isText(DataType type) {
    return type instanceof ScalarType || type instanceof EnumType || TypeFit.isBroken(type);
  }
}

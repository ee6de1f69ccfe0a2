package dev.gatehouse.rest;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.gatehouse.dsl.contract.DataType;
import dev.gatehouse.dsl.contract.DataType.AnyType;
import dev.gatehouse.dsl.contract.JsonMapping;
import dev.gatehouse.dsl.contract.Nothing;
import dev.gatehouse.dsl.finding.Code;
import dev.gatehouse.dsl.finding.DoorFinding.RouteMisfit;
import dev.gatehouse.dsl.finding.Finding;
import dev.gatehouse.dsl.graph.Graph;
import dev.gatehouse.rest.internal.fields.ArgumentIndex;
import dev.gatehouse.rest.internal.fields.FieldsResolver;
import dev.gatehouse.rest.internal.fields.FieldsSyntaxException;
import dev.gatehouse.rest.internal.fields.ResolvedFields;
import dev.gatehouse.rest.internal.fields.UnknownFieldsException;
import dev.gatehouse.rest.internal.input.BindingProblem;
import dev.gatehouse.rest.internal.input.InputBinding;
import dev.gatehouse.rest.internal.input.InputBindingCompiler;
import dev.gatehouse.rest.internal.input.InputSources;
import dev.gatehouse.rest.internal.routing.PathTemplate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Compiles one route whose composite is sound. Used once. */
final class RouteCompiler {
  private final RouteSpec spec;
  private final PathTemplate path;
  private final List<Finding> findings = new ArrayList<>();

  RouteCompiler(RouteSpec spec, PathTemplate path) {
    this.spec = spec;
    this.path = path;
  }

  List<Finding> findings() {
    return findings;
  }

  /** Empty where something is wrong. */
  Optional<CompiledRoute> compile() {
    Graph graph = spec.composite().graph();
    DataType output = graph.result().type();
    boolean isNothing = output instanceof AnyType any && any.javaType() == Nothing.class;
    InputBindingCompiler compiler = new InputBindingCompiler(
        graph.input(), new InputSources(path, spec.hasBody(), spec.headers(), defaults()));
    InputBinding input = compiler.compile();
    for (BindingProblem problem : compiler.problems()) {
      report(code(problem.kind()), problem.message() + ".");
    }
    int status = status(isNothing);
    FieldsResolver fields = new FieldsResolver(output, ArgumentIndex.of(graph));
    ResolvedFields whole = whole(fields);
    return findings.isEmpty()
        ? Optional.of(
            new CompiledRoute(spec, path, input, isNothing ? null : output, fields, whole, status))
        : Optional.empty();
  }

  private int status(boolean isNothing) {
    int status = spec.status() == 0 ? (isNothing ? 204 : 200) : spec.status();
    if (status < 200 || status > 299) {
      report(
          Code.ROUTE_STATUS,
          "answers " + status + " (expected: 200 to 299). What goes wrong has a status by itself.");
    } else if ((status == 204 || status == 205) && !isNothing) {
      report(
          Code.ROUTE_STATUS,
          "answers " + status + ", which has no content, but "
              + spec.composite().name()
              + " answers something (expected: another status, or a composite that answers nothing()).");
    }
    return status;
  }

  private ResolvedFields whole(FieldsResolver fields) {
    String select = spec.select();
    if (select == null) {
      return fields.whole();
    }
    try {
      return fields.resolve(select);
    } catch (FieldsSyntaxException | UnknownFieldsException e) {
      report(Code.ROUTE_SELECTION, "select(\"" + select + "\"): " + e.getMessage() + ".");
      return fields.whole();
    }
  }

  private Map<String, byte[]> defaults() {
    Map<String, byte[]> defaults = new LinkedHashMap<>();
    spec.defaults().forEach((component, value) -> {
      try {
        defaults.put(component, JsonMapping.writer(value.getClass()).writeValueAsBytes(value));
      } catch (JsonProcessingException e) {
        report(
            Code.ROUTE_DEFAULT,
            "default of component " + component + ": " + value.getClass().getSimpleName()
                + " has no JSON form (expected: a value of the component's type).");
      }
    });
    return defaults;
  }

  private static Code code(BindingProblem.Kind kind) {
    return switch (kind) {
      case UNKNOWN_COMPONENT -> Code.ROUTE_PARAMETER_UNKNOWN;
      case UNBINDABLE_COMPONENT -> Code.ROUTE_PARAMETER_MISFIT;
      case BOUND_TWICE -> Code.ROUTE_PARAMETER_TWICE;
      case BAD_DEFAULT -> Code.ROUTE_DEFAULT;
    };
  }

  private void report(Code code, String problem) {
    findings.add(new RouteMisfit(spec.place(), code, spec.label(), problem));
  }
}

package dev.gatehouse.dsl;

import dev.gatehouse.dsl.contract.DataType;
import dev.gatehouse.dsl.contract.DataType.Component;
import dev.gatehouse.dsl.finding.CallFinding.BadTemplate;
import dev.gatehouse.dsl.finding.CallFinding.IdempotencyKeyOnSafe;
import dev.gatehouse.dsl.finding.CallFinding.OutOfRange;
import dev.gatehouse.dsl.finding.CallFinding.UnsafeBatch;
import dev.gatehouse.dsl.finding.Finding;
import dev.gatehouse.dsl.finding.ShapeFinding.NotAComponent;
import dev.gatehouse.dsl.graph.OperationSpec;
import dev.gatehouse.dsl.graph.OperationSpec.Batch;
import dev.gatehouse.dsl.graph.OperationSpec.BodyBinding;
import dev.gatehouse.dsl.graph.OperationSpec.HeaderBinding;
import dev.gatehouse.dsl.graph.OperationSpec.HttpTarget;
import dev.gatehouse.dsl.graph.OperationSpec.Safety;
import dev.gatehouse.dsl.graph.Place;
import dev.gatehouse.dsl.uri.UriTemplate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What an operation's declaration says so far; filled by {@link OperationBuilder}, and turned into a spec once. */
final class OperationDraft {
  final String service;
  final String method;
  final String uri;
  final Place place;

  @Nullable String name;

  Safety safety;
  Map<String, String> headers = Map.of();
  BodyBinding body;
  List<String> answerAt = List.of();
  int perItem;
  boolean perItemSet;

  @Nullable Duration timeout;

  boolean idempotencyKey;

  OperationDraft(
      String service, String method, String uri, Safety safety, BodyBinding body, Place place) {
    this.service = service;
    this.method = method;
    this.uri = uri;
    this.safety = safety;
    this.body = body;
    this.place = place;
  }

  OperationDraft copy() {
    OperationDraft copy = new OperationDraft(service, method, uri, safety, body, place);
    copy.name = name;
    copy.headers = headers;
    copy.answerAt = answerAt;
    copy.perItem = perItem;
    copy.perItemSet = perItemSet;
    copy.timeout = timeout;
    copy.idempotencyKey = idempotencyKey;
    return copy;
  }

  String operation() {
    return service + " " + (name == null ? method + " " + uri : name);
  }

  /** A spec and what is wrong with it. */
  record Declared(OperationSpec spec, List<Finding> findings) {}

  Declared declare(DataType answer, @Nullable Batch batch, int listAtMost, List<Finding> found) {
    List<Finding> findings = new ArrayList<>();
    Names.SERVICE.check("a service", service, place).ifPresent(findings::add);
    if (name != null) {
      Names.OPERATION.check("an operation of " + service, name, place).ifPresent(findings::add);
    }
    UriTemplate template = template(uri, findings);
    if (!uri.startsWith("/") && !uri.startsWith("{/")) {
      findings.add(new BadTemplate(
          place,
          operation(),
          "the URI template \"" + uri
              + "\" does not begin with '/' (expected: a path below the service)"));
    }
    List<HeaderBinding> bound = new ArrayList<>();
    headers.forEach((header, value) -> {
      Names.HEADER.check("a header of " + operation(), header, place).ifPresent(findings::add);
      bound.add(new HeaderBinding(header, headerTemplate(header, value, findings)));
    });
    if (timeout != null) {
      Durations.check(operation() + ": within", timeout, place).ifPresent(findings::add);
    }
    if (perItemSet && perItem < 1) {
      findings.add(outOfRange("perItemUpTo", perItem));
    }
    if (idempotencyKey && safety == Safety.SAFE) {
      findings.add(new IdempotencyKeyOnSafe(place, operation()));
    }
    if (batch != null && safety != Safety.SAFE) {
      findings.add(new UnsafeBatch(place, operation(), safety.name().toLowerCase(Locale.ROOT)));
    }
    findings.addAll(found);
    return new Declared(
        new OperationSpec(
            service,
            name == null ? method + " " + uri : name,
            new HttpTarget(method, template, bound, body, answerAt, idempotencyKey),
            safety,
            answer,
            batch,
            listAtMost,
            Math.max(perItem, 0),
            timeout,
            place),
        findings);
  }

  OutOfRange outOfRange(String what, int value) {
    return new OutOfRange(place, operation() + ": " + what, String.valueOf(value), "at least 1");
  }

  private UriTemplate template(String source, List<Finding> findings) {
    try {
      return UriTemplate.parse(source);
    } catch (IllegalArgumentException e) {
      findings.add(new BadTemplate(place, operation(), String.valueOf(e.getMessage())));
      return UriTemplate.parse("/");
    }
  }

  private UriTemplate headerTemplate(String header, String source, List<Finding> findings) {
    UriTemplate template = template(source, findings);
    for (UriTemplate.Part part : template.parts()) {
      if (part instanceof UriTemplate.Expression expression
          && (expression.operator() != UriTemplate.Operator.SIMPLE
              || expression.variables().size() != 1)) {
        findings.add(new BadTemplate(
            place,
            operation(),
            "the header " + header + ": \"" + source
                + "\" is more than text and {name} (expected: one plain variable per"
                + " expression)"));
      }
    }
    return template;
  }

  List<Component> key(
      DataType answer, List<? extends Accessor<?, ?>> accessors, List<Finding> findings) {
    List<Component> key = new ArrayList<>();
    for (Accessor<?, ?> accessor : accessors) {
      Fields.find(answer, accessor).ifPresentOrElse(key::add, () -> {
        if (!TypeFit.isBroken(answer)) {
          findings.add(new NotAComponent(
              place, operation(), Fields.text(accessor), answer.name(), Fields.names(answer)));
        }
      });
    }
    return key;
  }
}

package dev.gatehouse.runtime.engine;

import dev.gatehouse.dsl.graph.OperationSpec;
import dev.gatehouse.dsl.graph.OperationSpec.HeaderBinding;
import dev.gatehouse.dsl.graph.OperationSpec.HttpTarget;
import dev.gatehouse.dsl.graph.OperationSpec.JavaTarget;
import dev.gatehouse.dsl.uri.UriTemplate;
import dev.gatehouse.runtime.engine.Calling.Keyed;
import dev.gatehouse.runtime.json.JsonScanner;
import dev.gatehouse.runtime.json.JsonSink;
import dev.gatehouse.runtime.json.JsonText;
import dev.gatehouse.runtime.plan.Out;
import dev.gatehouse.runtime.plan.Step;
import dev.gatehouse.runtime.upstream.RequestOrigin;
import dev.gatehouse.runtime.upstream.UpstreamRequest;
import dev.gatehouse.runtime.upstream.UpstreamRequest.Header;
import io.vertx.core.http.HttpMethod;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One call as it will be sent.
 *
 * @param state {@link State#OK}; else why it cannot be made
 * @param body JSON; for an operation in Java its input; null for none
 */
record Request(int state, String uri, List<Header> headers, byte @Nullable [] body) {
  private static Request notMade(int state) {
    return new Request(state, "", List.of(), null);
  }

  /** The call for one row. */
  static Request of(Run run, Step.Call step, int row) {
    OperationSpec operation = step.operation();
    if (operation.target() instanceof JavaTarget) {
      return withBody(run, step.input().whole(), row, "", List.of());
    }
    HttpTarget http = (HttpTarget) operation.target();
    UriTemplate template = http.uri();
    String uri = template.expand(name -> variable(run, step, row, name));
    return withBody(run, step.input().body(), row, uri, headers(run, step, http, row));
  }

  private static Request withBody(
      Run run, @Nullable Out body, int row, String uri, List<Header> headers) {
    if (body == null) {
      return new Request(State.OK, uri, headers, null);
    }
    JsonSink sink = new JsonSink(256);
    int state = run.write(body, row, sink);
    return state < 0 ? notMade(state) : new Request(State.OK, uri, headers, sink.toByteArray());
  }

  /** One call for several inputs, of one operation. */
  static Request ofBatch(List<Keyed> inputs) {
    Keyed first = inputs.get(0);
    Run run = first.by().run;
    Step.Call step = first.by().step;
    HttpTarget http = (HttpTarget) step.operation().target();
    boolean inUri = !http.uri().variableNames().isEmpty();
    List<String> keys = new ArrayList<>(inUri ? inputs.size() : 0);
    if (inUri) {
      inputs.forEach(input -> keys.add(input.entry().key));
    }
    String uri = http.uri().expand(name -> keys);
    List<Header> headers = headers(run, step, http, first.row());
    if (inUri || step.input().body() == null) {
      return new Request(State.OK, uri, headers, null);
    }
    JsonSink sink = new JsonSink(64 * inputs.size());
    sink.write('[');
    for (int i = 0; i < inputs.size(); i++) {
      if (i > 0) {
        sink.write(',');
      }
      Keyed input = inputs.get(i);
      Out element = Objects.requireNonNull(input.by().step.input().body(), "a batch in bodies");
      int state = input.by().run.write(element, input.row(), sink);
      if (state < 0) {
        return notMade(state);
      }
    }
    sink.write(']');
    return new Request(State.OK, uri, headers, sink.toByteArray());
  }

  private static List<Header> headers(Run run, Step.Call step, HttpTarget http, int row) {
    List<Header> propagated = run.inputs.propagated();
    if (http.headers().isEmpty() && !http.idempotencyKey()) {
      return propagated;
    }
    List<Header> headers = new ArrayList<>(propagated);
    for (HeaderBinding binding : http.headers()) {
      String value = headerValue(run, step, row, binding.value());
      if (value != null) {
        headers.add(new Header(binding.name().toLowerCase(Locale.ROOT), value));
      }
    }
    boolean given =
        headers.stream().anyMatch(header -> IdempotencyKeys.HEADER.contentEquals(header.name()));
    if (http.idempotencyKey() && !given) {
      headers.add(new Header(
          IdempotencyKeys.HEADER, IdempotencyKeys.of(run.inputs.idempotencyKey(), step)));
    }
    return headers;
  }

  /** A header's text as it is, control characters left out so that it stays one header; null where a variable is absent. */
  private static @Nullable String headerValue(
      Run run, Step.Call step, int row, UriTemplate template) {
    StringBuilder value = new StringBuilder();
    for (UriTemplate.Part part : template.parts()) {
      if (part instanceof UriTemplate.Literal literal) {
        value.append(literal.text());
      } else {
        for (UriTemplate.Variable variable : ((UriTemplate.Expression) part).variables()) {
          Object text = variable(run, step, row, variable.name());
          if (text == null) {
            return null;
          }
          value.append(
              text instanceof List<?> list ? String.join(",", strings(list)) : text.toString());
        }
      }
    }
    for (int i = value.length() - 1; i >= 0; i--) {
      char c = value.charAt(i);
      if (c < ' ' && c != '\t' || c >= 0x7F) {
        value.deleteCharAt(i);
      }
    }
    return value.toString();
  }

  private static List<String> strings(List<?> list) {
    return list.stream().map(String::valueOf).toList();
  }

  /** A variable's text, or texts of a list; null where it is absent. */
  private static @Nullable Object variable(Run run, Step.Call step, int row, String name) {
    for (Step.Variable variable : step.input().variables()) {
      if (variable.name().equals(name)) {
        long range = run.at(variable.value(), row);
        if (range < 0) {
          return null;
        }
        byte[] source = run.source(variable.value(), row);
        return variable.list()
            ? texts(source, State.from(range), State.to(range))
            : JsonText.of(source, State.from(range), State.to(range));
      }
    }
    return null;
  }

  private static List<String> texts(byte[] json, int from, int to) {
    List<String> texts = new ArrayList<>();
    JsonScanner scanner = new JsonScanner(json, from, to);
    scanner.peek();
    scanner.enter();
    for (boolean first = true; scanner.nextElement(first); first = false) {
      scanner.peek();
      int start = scanner.position();
      scanner.value();
      texts.add(JsonText.of(json, start, scanner.position()));
    }
    return texts;
  }

  /** Equal for calls that ask the same. */
  String key() {
    if (headers.isEmpty() && body == null) {
      return uri;
    }
    StringBuilder key = new StringBuilder(uri);
    for (Header header : headers) {
      key.append('\n').append(header.name()).append(':').append(header.value());
    }
    if (body != null) {
      key.append('\n').append(new String(body, StandardCharsets.UTF_8));
    }
    return key.toString();
  }

  UpstreamRequest toUpstream(OperationSpec operation, long deadline, RequestOrigin origin) {
    HttpTarget http = (HttpTarget) operation.target();
    return new UpstreamRequest(
        operation, HttpMethod.valueOf(http.method()), uri, headers, body, deadline, origin);
  }
}

package dev.gatehouse.rest.internal.input;

import dev.gatehouse.dsl.contract.DataType;
import dev.gatehouse.runtime.door.Problem.In;
import io.vertx.core.MultiMap;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * How the requests of one route become inputs of its composite. Made once per route by {@link InputBindingCompiler}; immutable
 * and safe to share.
 */
public final class InputBinding {
  private static final byte[] EMPTY_LIST = {'[', ']'};

  private final @Nullable DataType input;
  private final boolean object;
  private final List<Parameter> parameters;
  private final int[] pathIndex;
  private final BodyShape body;
  private final BodyReader bodyReader;

  /**
   * @param object whether the input is an object made of members, else a single value
   * @param pathIndex for each parameter of the path, which of the path's variables it is
   */
  InputBinding(
      @Nullable DataType input,
      boolean object,
      List<Parameter> parameters,
      int[] pathIndex,
      BodyShape body) {
    this.input = input;
    this.object = object;
    this.parameters = List.copyOf(parameters);
    this.pathIndex = pathIndex;
    this.body = body;
    this.bodyReader = new BodyReader(body);
  }

  /** What requests give outside the body. */
  public List<Parameter> parameters() {
    return parameters;
  }

  public BodyShape body() {
    return body;
  }

  /** The names of the query's parameters. */
  public Set<String> queryNames() {
    Set<String> names = new TreeSet<>();
    for (Parameter parameter : parameters) {
      if (parameter.in() == In.QUERY) {
        names.add(parameter.name());
      }
    }
    return names;
  }

  /**
   * Binds one request.
   *
   * @param path the decoded values of the path's variables
   * @param content the body; empty where there is none
   * @param faults where everything goes that is wrong; the result is of no use where there is any
   * @return the input as JSON; null where the composite takes none
   */
  public byte @Nullable [] bind(
      @Nullable String[] path, QueryString query, MultiMap headers, byte[] content, Faults faults) {
    if (content.length > 0 && (input == null || (body instanceof BodyShape.None))) {
      bodyReader.read(content, new JsonBytes(), faults);
    }
    if (input == null) {
      return null;
    }
    if (!object) {
      return single(path, content, faults);
    }
    JsonBytes out = new JsonBytes().append('{');
    for (int i = 0; i < parameters.size(); i++) {
      Parameter parameter = parameters.get(i);
      byte[] value = parameter.isList()
          ? list(parameter, query, faults)
          : one(parameter, i, path, query, headers, faults);
      if (value != null) {
        BodyReader.member(
                parameter.component() == null
                    ? parameter.name()
                    : parameter.component().name(),
                out)
            .append(value);
      }
    }
    if (!(body instanceof BodyShape.None)) {
      bodyReader.read(content, out, faults);
    }
    return out.append('}').toBytes();
  }

  private byte @Nullable [] single(@Nullable String[] path, byte[] content, Faults faults) {
    if (body instanceof BodyShape.Whole) {
      JsonBytes out = new JsonBytes();
      bodyReader.read(content, out, faults);
      return out.toBytes();
    }
    String text = path[pathIndex[0]];
    return text == null ? null : parameters.get(0).read(text, faults);
  }

  private byte @Nullable [] one(
      Parameter parameter,
      int index,
      @Nullable String[] path,
      QueryString query,
      MultiMap headers,
      Faults faults) {
    String text = switch (parameter.in()) {
      case PATH -> path[pathIndex[index]];
      case HEADER -> headers.get(parameter.name());
      case QUERY, BODY -> query.one(parameter.name(), faults);
    };
    if (text != null) {
      return parameter.read(text, faults);
    }
    if (parameter.isRequired() && !query.has(parameter.name())) {
      faults.add(
          parameter.in(),
          parameter.name(),
          "missing (expected: " + parameter.format().expected() + ")");
    }
    return parameter.byDefault();
  }

  private static byte @Nullable [] list(Parameter parameter, QueryString query, Faults faults) {
    List<String> texts = query.all(parameter.name());
    if (texts.isEmpty()) {
      if (parameter.byDefault() != null) {
        return parameter.byDefault();
      }
      return parameter.component() != null && parameter.component().nullable() ? null : EMPTY_LIST;
    }
    JsonBytes out = new JsonBytes();
    for (String text : texts) {
      out.append(out.length() == 0 ? '[' : ',');
      byte[] value = parameter.read(text, faults);
      if (value != null) {
        out.append(value);
      }
    }
    return out.append(']').toBytes();
  }
}

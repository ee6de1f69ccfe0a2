package dev.gatehouse.dsl.uri;

import dev.gatehouse.dsl.uri.UriTemplate.Expression;
import dev.gatehouse.dsl.uri.UriTemplate.Literal;
import dev.gatehouse.dsl.uri.UriTemplate.Operator;
import dev.gatehouse.dsl.uri.UriTemplate.Part;
import dev.gatehouse.dsl.uri.UriTemplate.Variable;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Puts values into a {@link UriTemplate}, after RFC 6570, section 3.2.1. Used once. */
final class UriTemplateExpansion {
  private final Function<String, ? extends @Nullable Object> values;
  private final StringBuilder out;

  UriTemplateExpansion(Function<String, ? extends @Nullable Object> values, int length) {
    this.values = values;
    this.out = new StringBuilder(length);
  }

  String expand(List<Part> parts) {
    for (Part part : parts) {
      if (part instanceof Literal literal) {
        PercentEncoding.reserved(literal.text(), out);
      } else {
        expression((Expression) part);
      }
    }
    return out.toString();
  }

  private void expression(Expression expression) {
    Operator operator = expression.operator();
    boolean first = true;
    for (Variable variable : expression.variables()) {
      Object value = values.apply(variable.name());
      if (value == null || isEmpty(value)) {
        continue;
      }
      out.append(first ? operator.first() : operator.separator());
      first = false;
      if (value instanceof CharSequence text) {
        text(operator, variable, text);
      } else if (value instanceof List<?> list) {
        list(operator, variable, list);
      } else if (value instanceof Map<?, ?> map) {
        map(operator, variable, map);
      } else {
        throw new IllegalArgumentException(
            "variable " + variable.name() + ": a " + value.getClass().getName()
                + " (expected: a CharSequence, a List or a Map of them, or null)");
      }
    }
  }

  /** An empty list or map is undefined; an empty text is not. */
  private static boolean isEmpty(Object value) {
    return value instanceof List<?> list && list.isEmpty()
        || value instanceof Map<?, ?> map && map.isEmpty();
  }

  private void text(Operator operator, Variable variable, CharSequence text) {
    if (operator.named()) {
      name(operator, variable.name(), text.length() == 0);
    }
    encode(operator, variable.prefix() == 0 ? text : prefix(text, variable.prefix()));
  }

  private static CharSequence prefix(CharSequence text, int characters) {
    return Character.codePointCount(text, 0, text.length()) <= characters
        ? text
        : text.subSequence(0, Character.offsetByCodePoints(text, 0, characters));
  }

  private void list(Operator operator, Variable variable, List<?> list) {
    if (operator.named() && !variable.explode()) {
      name(operator, variable.name(), false);
    }
    String separator = variable.explode() ? operator.separator() : ",";
    for (int i = 0; i < list.size(); i++) {
      CharSequence element = (CharSequence) list.get(i);
      if (i > 0) {
        out.append(separator);
      }
      if (operator.named() && variable.explode()) {
        name(operator, variable.name(), element.length() == 0);
      }
      encode(operator, element);
    }
  }

  private void map(Operator operator, Variable variable, Map<?, ?> map) {
    if (operator.named() && !variable.explode()) {
      name(operator, variable.name(), false);
    }
    String separator = "";
    for (Map.Entry<?, ?> entry : map.entrySet()) {
      CharSequence value = (CharSequence) entry.getValue();
      out.append(separator);
      encode(operator, (CharSequence) entry.getKey());
      if (variable.explode()) {
        out.append(operator.named() && value.length() == 0 ? operator.ifEmpty() : "=");
        separator = operator.separator();
      } else {
        out.append(',');
        separator = ",";
      }
      encode(operator, value);
    }
  }

  private void name(Operator operator, String name, boolean empty) {
    out.append(name).append(empty ? operator.ifEmpty() : "=");
  }

  private void encode(Operator operator, CharSequence text) {
    if (operator.reserved()) {
      PercentEncoding.reserved(text, out);
    } else {
      PercentEncoding.unreserved(text, out);
    }
  }
}

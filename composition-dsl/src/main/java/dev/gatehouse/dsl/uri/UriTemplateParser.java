package dev.gatehouse.dsl.uri;

import dev.gatehouse.dsl.uri.UriTemplate.Expression;
import dev.gatehouse.dsl.uri.UriTemplate.Literal;
import dev.gatehouse.dsl.uri.UriTemplate.Operator;
import dev.gatehouse.dsl.uri.UriTemplate.Part;
import dev.gatehouse.dsl.uri.UriTemplate.Variable;
import java.util.ArrayList;
import java.util.List;

/** Reads the text of a {@link UriTemplate}. */
final class UriTemplateParser {

  private UriTemplateParser() {}

  static List<Part> parse(String source) {
    List<Part> parts = new ArrayList<>();
    int at = 0;
    while (at < source.length()) {
      int open = source.indexOf('{', at);
      int literalEnd = open < 0 ? source.length() : open;
      if (source.substring(at, literalEnd).indexOf('}') >= 0) {
        throw wrong(source, source.indexOf('}', at), "a '}' without its '{'");
      }
      if (literalEnd > at) {
        parts.add(new Literal(source.substring(at, literalEnd)));
      }
      if (open < 0) {
        break;
      }
      int close = source.indexOf('}', open);
      if (close < 0) {
        throw wrong(source, open, "a '{' without its '}'");
      }
      parts.add(expression(source, open + 1, close));
      at = close + 1;
    }
    return parts;
  }

  private static Expression expression(String source, int from, int to) {
    if (from == to) {
      throw wrong(source, from, "an expression without a variable");
    }
    Operator operator = switch (source.charAt(from)) {
      case '+' -> Operator.RESERVED;
      case '#' -> Operator.FRAGMENT;
      case '.' -> Operator.LABEL;
      case '/' -> Operator.PATH;
      case ';' -> Operator.PARAMETER;
      case '?' -> Operator.QUERY;
      case '&' -> Operator.CONTINUATION;
      default -> Operator.SIMPLE;
    };
    int at = operator == Operator.SIMPLE ? from : from + 1;
    List<Variable> variables = new ArrayList<>();
    for (String text : source.substring(at, to).split(",", -1)) {
      variables.add(variable(source, at, text));
      at += text.length() + 1;
    }
    return new Expression(operator, variables);
  }

  private static Variable variable(String source, int at, String text) {
    boolean explode = text.endsWith("*");
    int colon = text.indexOf(':');
    String name = explode
        ? text.substring(0, text.length() - 1)
        : colon < 0 ? text : text.substring(0, colon);
    int prefix = 0;
    if (colon >= 0) {
      String digits = text.substring(colon + 1);
      if (!digits.matches("[1-9][0-9]{0,3}")) {
        throw wrong(source, at + colon + 1, "the prefix '" + digits + "' (expected: 1 to 9999)");
      }
      prefix = Integer.parseInt(digits);
    }
    if (!name.matches("([A-Za-z0-9_]|%[0-9A-Fa-f]{2})+(\\.([A-Za-z0-9_]|%[0-9A-Fa-f]{2})+)*")) {
      throw wrong(source, at, "'" + text + "', which is no variable name");
    }
    return new Variable(name, explode, prefix);
  }

  private static IllegalArgumentException wrong(String source, int at, String what) {
    return new IllegalArgumentException("URI template \"" + source + "\" has " + what
        + " at character " + (at + 1) + " (expected: RFC 6570)");
  }
}

package dev.gatehouse.rest.internal.fields;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Reads {@code name,price(amount),reviews(rating,author(name))}.
 *
 * <pre>
 * fields = field *( "," field )
 * field  = name [ "(" fields ")" ]
 * </pre>
 *
 * Spaces around names and signs are ignored. Length, depth and number of fields are bounded.
 */
final class FieldsParser {
  static final int MAX_LENGTH = 4_096;
  static final int MAX_DEPTH = 16;
  static final int MAX_FIELDS = 500;

  private final String text;
  private int at;
  private int fields;

  private FieldsParser(String text) {
    this.text = text;
  }

  static List<RequestedField> parse(String text) throws FieldsSyntaxException {
    if (text.length() > MAX_LENGTH) {
      throw new FieldsSyntaxException(
          text.length() + " characters (expected: at most " + MAX_LENGTH + ")");
    }
    FieldsParser parser = new FieldsParser(text);
    List<RequestedField> fields = parser.list(1);
    if (parser.at < text.length()) {
      throw parser.unexpected("a comma or the end");
    }
    return fields;
  }

  private List<RequestedField> list(int depth) throws FieldsSyntaxException {
    if (depth > MAX_DEPTH) {
      throw FieldsSyntaxException.at(
          at, "fields nested " + depth + " deep", "at most " + MAX_DEPTH);
    }
    List<RequestedField> list = new ArrayList<>();
    Set<String> names = new HashSet<>();
    while (true) {
      int start = skipSpaces();
      RequestedField field = field(depth);
      if (!names.add(field.name())) {
        throw FieldsSyntaxException.at(
            start, "\"" + field.name() + "\" once more", "each field once");
      }
      list.add(field);
      if (at == text.length() || text.charAt(at) != ',') {
        return list;
      }
      at++;
    }
  }

  private RequestedField field(int depth) throws FieldsSyntaxException {
    String name = name();
    if (++fields > MAX_FIELDS) {
      throw FieldsSyntaxException.at(
          at, "more than " + MAX_FIELDS + " fields", "at most " + MAX_FIELDS);
    }
    skipSpaces();
    if (at == text.length() || text.charAt(at) != '(') {
      return new RequestedField(name, null);
    }
    at++;
    List<RequestedField> part = list(depth + 1);
    if (at == text.length() || text.charAt(at) != ')') {
      throw unexpected("a comma or a closing parenthesis");
    }
    at++;
    skipSpaces();
    return new RequestedField(name, part);
  }

  private String name() throws FieldsSyntaxException {
    int start = at;
    while (at < text.length() && ",() ".indexOf(text.charAt(at)) < 0) {
      at++;
    }
    if (at == start) {
      throw unexpected("the name of a field");
    }
    return text.substring(start, at);
  }

  private int skipSpaces() {
    while (at < text.length() && text.charAt(at) == ' ') {
      at++;
    }
    return at;
  }

  private FieldsSyntaxException unexpected(String expected) {
    return FieldsSyntaxException.at(
        at, at == text.length() ? "the end" : "\"" + text.charAt(at) + "\"", expected);
  }
}

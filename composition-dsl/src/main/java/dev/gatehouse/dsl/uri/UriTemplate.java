package dev.gatehouse.dsl.uri;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A URI template after RFC 6570, all four levels, parsed once. Immutable.
 *
 * @param source as written
 * @param parts literals and expressions in order
 */
public record UriTemplate(String source, List<Part> parts) {

  public UriTemplate {
    parts = List.copyOf(parts);
  }

  /** A literal or an expression. */
  public sealed interface Part {}

  /**
   * Text that stands as it is, already percent-encoded where that is needed.
   */
  public record Literal(String text) implements Part {}

  /** An expression in braces. */
  public record Expression(Operator operator, List<Variable> variables) implements Part {
    public Expression {
      variables = List.copyOf(variables);
    }
  }

  /**
   * A variable of an expression.
   *
   * @param explode whether a list becomes one part per element ({@code *})
   * @param prefix the most characters taken ({@code :n}); 0 for all
   */
  public record Variable(String name, boolean explode, int prefix) {}

  /** The operators of RFC 6570, appendix A. */
  public enum Operator {
    SIMPLE("", ",", false, "", false),
    RESERVED("", ",", false, "", true),
    FRAGMENT("#", ",", false, "", true),
    LABEL(".", ".", false, "", false),
    PATH("/", "/", false, "", false),
    PARAMETER(";", ";", true, "", false),
    QUERY("?", "&", true, "=", false),
    CONTINUATION("&", "&", true, "=", false);

    private final String first;
    private final String separator;
    private final boolean named;
    private final String ifEmpty;
    private final boolean reserved;

    Operator(String first, String separator, boolean named, String ifEmpty, boolean reserved) {
      this.first = first;
      this.separator = separator;
      this.named = named;
      this.ifEmpty = ifEmpty;
      this.reserved = reserved;
    }

    public String first() {
      return first;
    }

    public String separator() {
      return separator;
    }

    public boolean named() {
      return named;
    }

    public String ifEmpty() {
      return ifEmpty;
    }

    /** Whether reserved characters and existing percent-encodings stand as they are. */
    public boolean reserved() {
      return reserved;
    }
  }

  /**
   * Parses a template.
   *
   * @throws IllegalArgumentException saying what is wrong and at which character, where the text is no template
   */
  public static UriTemplate parse(String source) {
    return new UriTemplate(source, UriTemplateParser.parse(source));
  }

  /**
   * The URI with values in place of the expressions. In all operators but {@code +} and {@code #} everything is percent-encoded
   * except unreserved characters, so that a value can never become another path segment or parameter. Text is encoded as UTF-8,
   * half a surrogate pair as U+FFFD.
   *
   * @param values what a variable's name stands for: null or an empty list or map for nothing, a {@link CharSequence}, or a
   *     {@link List} or {@link java.util.Map} of them
   * @throws IllegalArgumentException where it is something else
   */
  public String expand(Function<String, ? extends @Nullable Object> values) {
    return new UriTemplateExpansion(values, source.length() + 32).expand(parts);
  }

  /** The names of all variables, in order, each once. */
  public List<String> variableNames() {
    List<String> names = new ArrayList<>();
    for (Part part : parts) {
      if (part instanceof Expression expression) {
        for (Variable variable : expression.variables()) {
          if (!names.contains(variable.name())) {
            names.add(variable.name());
          }
        }
      }
    }
    return List.copyOf(names);
  }

  /** The variable with that name. */
  public Optional<Variable> variable(String name) {
    return parts.stream()
        .filter(Expression.class::isInstance)
        .flatMap(part -> ((Expression) part).variables().stream())
        .filter(variable -> variable.name().equals(name))
        .findFirst();
  }
}

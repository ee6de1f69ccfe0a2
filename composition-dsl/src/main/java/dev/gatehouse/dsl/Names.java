package dev.gatehouse.dsl;

import dev.gatehouse.dsl.finding.CallFinding.BadName;
import dev.gatehouse.dsl.finding.Finding;
import dev.gatehouse.dsl.graph.Place;
import java.util.Optional;
import java.util.regex.Pattern;

/** What the names of things may look like. */
enum Names {
  BFF(
      "[a-z][a-z0-9-]{0,62}",
      "a lower case letter, then lower case letters, digits and hyphens, such as storefront-web"),
  SERVICE(
      "[A-Za-z0-9]([A-Za-z0-9._-]{0,251}[A-Za-z0-9])?",
      "letters, digits, '.', '_' and '-', such as catalog"),
  OPERATION("\\P{Cntrl}{0,199}[\\P{Cntrl}&&\\S]", "1 to 200 printable characters, such as product"),
  COMPOSITE(
      "[A-Za-z][A-Za-z0-9_.-]{0,99}",
      "a letter, then letters, digits, '_', '.' and '-', such as ProductPage"),
  ARGUMENT(
      "[A-Za-z_][A-Za-z0-9_]{0,99}",
      "a letter or '_', then letters, digits and '_', such as first"),
  HEADER("[A-Za-z0-9!#$%&'*+.^_`|~-]{1,100}", "a field name after RFC 9110, such as x-region");

  private final Pattern pattern;
  private final String expected;

  Names(String pattern, String expected) {
    this.pattern = Pattern.compile(pattern);
    this.expected = expected;
  }

  Optional<Finding> check(String what, String name, Place place) {
    return pattern.matcher(name).matches()
        ? Optional.empty()
        : Optional.of(new BadName(place, what, name, expected));
  }
}

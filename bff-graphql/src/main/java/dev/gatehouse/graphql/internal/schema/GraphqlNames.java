package dev.gatehouse.graphql.internal.schema;

import java.util.Set;
import java.util.regex.Pattern;

/** Which names GraphQL has (October 2021, section 2.1.9), and how inputs are called. */
final class GraphqlNames {
  private static final Pattern NAME = Pattern.compile("[_A-Za-z][_0-9A-Za-z]*");
  private static final Set<String> NO_CONSTANTS = Set.of("true", "false", "null");
  private static final String INPUT = "Input";

  /** What a message says was expected. */
  static final String EXPECTED =
      "(expected: letters, digits and underscores, not beginning with a digit or two underscores)";

  private GraphqlNames() {}

  static boolean isLegal(String name) {
    return NAME.matcher(name).matches() && !name.startsWith("__");
  }

  static boolean isLegalConstant(String name) {
    return isLegal(name) && !NO_CONSTANTS.contains(name);
  }

  /** The name of a record or union as an input. */
  static String input(String type) {
    return type.endsWith(INPUT) ? type : type + INPUT;
  }
}

package dev.gatehouse.architecture;

import java.util.List;

/** The root packages of the modules under test; every class of a module is in or below its root. */
final class Modules {

  static final String DSL = "dev.gatehouse.dsl";
  static final String RUNTIME = "dev.gatehouse.runtime";
  static final String REST = "dev.gatehouse.rest";
  static final String GRAPHQL = "dev.gatehouse.graphql";

  static final List<String> ALL = List.of(DSL, RUNTIME, REST, GRAPHQL);

  private Modules() {}

  /** The root that a package is in or below, or the package itself where it is in no module. */
  static String rootOf(String packageName) {
    for (String root : ALL) {
      if (packageName.equals(root) || packageName.startsWith(root + ".")) {
        return root;
      }
    }
    return packageName;
  }

  /** ArchUnit's pattern for a package and all below it. */
  static String in(String root) {
    return root + "..";
  }
}

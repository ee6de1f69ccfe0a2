package dev.gatehouse.runtime.settings;

/**
 * Where a value was given.
 *
 * @param text as messages say it, such as {@code gatehouse.yaml:12}
 */
record Origin(String text) {
  static final Origin DEFAULT = new Origin("default");
  static final Origin COMMAND_LINE = new Origin("--set");
  static final Origin DEPLOYMENT = new Origin("deployment configuration");

  static Origin environment(String variable) {
    return new Origin("environment " + variable);
  }

  static Origin systemProperty(String property) {
    return new Origin("system property " + property);
  }
}

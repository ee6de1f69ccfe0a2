package dev.gatehouse.runtime.launch;

import dev.gatehouse.dsl.finding.DefinitionException;
import dev.gatehouse.runtime.StartupException;
import dev.gatehouse.runtime.config.ConfigurationException;
import java.io.PrintStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Where a command's results go, and what is wrong. */
record Console(PrintStream out, PrintStream err) {
  private static final Logger LOG = LoggerFactory.getLogger(Launcher.class);

  static Console ofProcess() {
    return new Console(System.out, System.err);
  }

  /** Tells why nothing was done: a mistake by its message, anything else with its stack trace in the log. */
  void explain(Throwable e) {
    if (e instanceof ConfigurationException
        || e instanceof StartupException
        || e instanceof DefinitionException) {
      err.println(e.getMessage());
    } else {
      LOG.error("The process cannot start", e);
      err.println("The process cannot start: " + e + " (the log has the stack trace)");
    }
  }
}

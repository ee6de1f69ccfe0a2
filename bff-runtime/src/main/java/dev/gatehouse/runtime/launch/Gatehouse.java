package dev.gatehouse.runtime.launch;

import dev.gatehouse.dsl.Bff;

/**
 * A {@code main} of one line:
 *
 * <pre>{@code
 * public static void main(String[] args) {
 *   Gatehouse.run(args, BFF);
 * }
 * }</pre>
 */
public final class Gatehouse {
  private Gatehouse() {}

  /**
   * Runs BFFs as this process: reads the options and the configuration, opens the operator's listener and the BFFs', and returns.
   * SIGTERM and SIGINT drain and end the process with exit code 0. Where it cannot start, says everything that is wrong and ends the
   * process: 1 for a BFF or configuration that cannot be used, 2 for options that are not understood.
   *
   * @param args {@code --config FILE}, {@code --set KEY=VALUE}, {@code --print-config}, {@code --print-contract BFF}, {@code --check},
   *     {@code --check-operations MANIFEST [BFF]}, {@code --help},
   *     {@code --version}
   */
  public static void run(String[] args, Bff... bffs) {
    new Launcher().run(args, bffs);
  }
}

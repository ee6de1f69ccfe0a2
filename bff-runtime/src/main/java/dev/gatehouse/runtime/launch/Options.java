package dev.gatehouse.runtime.launch;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.ListIterator;
import org.jspecify.annotations.Nullable;

/**
 * What the command line asks for. Immutable.
 *
 * @param config the path of the configuration file; null for the default
 * @param assignments such as {@code drain=3s}
 * @param manifest of operations that are checked; null for no check of operations
 * @param bff whose contracts are printed or whose operations are checked; null for none, or the only one
 * @param transport one of {@link Transports#NAMES}; null for the usual one
 */
record Options(
    Action action,
    @Nullable String config,
    List<String> assignments,
    @Nullable String manifest,
    @Nullable String bff,
    @Nullable String transport) {
  static final String USAGE = """
      Options:
        --config FILE      read this YAML file instead of gatehouse.yaml
        --set KEY=VALUE    set one key, such as --set drain=3s; may be given again
        --transport NAME   talk to the network by nio, epoll, io_uring or kqueue, if it works here; without it, by what is
                           usual, such as epoll on Linux
        --check            look at the BFFs and the configuration, and exit: 0 where they can be used, else 1
        --check-operations MANIFEST [BFF]
                           print what each operation of a manifest could cost, and exit: 0 where all can be run, else 1
        --print-contract BFF
                           print what a BFF's doors promise their clients, such as a GraphQL schema, and exit
        --print-config     print every key's value and where it was given, and exit
        --help             print this, and exit
        --version          print the version, and exit
      """;

  enum Action {
    RUN,
    CHECK,
    CHECK_OPERATIONS,
    PRINT_CONFIG,
    PRINT_CONTRACT,
    HELP,
    VERSION
  }

  /** An option is not understood. */
  static final class UsageException extends Exception {
    private static final long serialVersionUID = 1L;

    UsageException(String message) {
      super(message, null, false, false);
    }
  }

  Options {
    assignments = List.copyOf(assignments);
  }

  static Options parse(String... args) throws UsageException {
    Action action = Action.RUN;
    String config = null;
    String manifest = null;
    String bff = null;
    String transport = null;
    List<String> assignments = new ArrayList<>();
    ListIterator<String> rest = List.of(args).listIterator();
    while (rest.hasNext()) {
      String argument = rest.next();
      int equals = argument.startsWith("--") ? argument.indexOf('=') : -1;
      String option = equals < 0 ? argument : argument.substring(0, equals);
      @Nullable String attached = equals < 0 ? null : argument.substring(equals + 1);
      switch (option) {
        case "--config" -> config = value(option, attached, rest);
        case "--set" -> assignments.add(assignment(value(option, attached, rest)));
        case "--transport" -> transport = transport(value(option, attached, rest));
        case "--check" -> action = Action.CHECK;
        case "--check-operations" -> {
          action = Action.CHECK_OPERATIONS;
          manifest = value(option, attached, rest);
          bff = optional(rest);
        }
        case "--print-config" -> action = Action.PRINT_CONFIG;
        case "--print-contract" -> {
          action = Action.PRINT_CONTRACT;
          bff = value(option, attached, rest);
        }
        case "--help", "-h" -> action = Action.HELP;
        case "--version" -> action = Action.VERSION;
        default ->
          throw new UsageException(
              argument + ": unknown option (expected: one of the options below)");
      }
    }
    return new Options(action, config, assignments, manifest, bff, transport);
  }

  private static String value(String option, @Nullable String attached, Iterator<String> rest)
      throws UsageException {
    if (attached != null) {
      return attached;
    }
    if (!rest.hasNext()) {
      throw new UsageException(option + ": no value (expected: one after it)");
    }
    return rest.next();
  }

  private static @Nullable String optional(ListIterator<String> rest) {
    if (!rest.hasNext()) {
      return null;
    }
    String next = rest.next();
    if (next.startsWith("-")) {
      rest.previous();
      return null;
    }
    return next;
  }

  private static String transport(String name) throws UsageException {
    if (!Transports.NAMES.contains(name)) {
      throw new UsageException("--transport " + name + ": unknown (expected: one of "
          + String.join(", ", Transports.NAMES) + ")");
    }
    return name;
  }

  private static String assignment(String text) throws UsageException {
    if (text.indexOf('=') < 1) {
      throw new UsageException(
          "--set " + text + ": no value (expected: KEY=VALUE, such as drain=3s)");
    }
    return text;
  }
}

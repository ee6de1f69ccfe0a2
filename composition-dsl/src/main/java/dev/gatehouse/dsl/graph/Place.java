package dev.gatehouse.dsl.graph;

import java.util.Arrays;

/**
 * Where in the user's code something was written.
 *
 * @param file the source file's simple name, or {@code unknown}
 * @param line counted from 1; 0 where unknown
 * @param member class and method, such as {@code StorefrontWeb.card}
 */
public record Place(String file, int line, String member) {

  /** Stands where no place is known. */
  public static final Place UNKNOWN = new Place("unknown", 0, "unknown");

  /**
   * The innermost code on this thread's stack that is neither in one of these packages, or below them, nor in the JDK.
   *
   * @param packages those of the framework
   * @return {@link #UNKNOWN} where there is none
   */
  public static Place outside(String... packages) {
    return StackWalker.getInstance()
        .walk(frames ->
            frames.filter(frame -> isOutside(frame.getClassName(), packages)).findFirst())
        .map(StackWalker.StackFrame::toStackTraceElement)
        .map(Place::of)
        .orElse(UNKNOWN);
  }

  /** The first code of {@code thrown}'s trace that is {@link #outside} of these packages. */
  public static Place thrownOutside(Throwable thrown, String... packages) {
    return Arrays.stream(thrown.getStackTrace())
        .filter(element -> isOutside(element.getClassName(), packages))
        .findFirst()
        .map(Place::of)
        .orElse(UNKNOWN);
  }

  private static boolean isOutside(String className, String... packages) {
    return !className.startsWith("java.")
        && !className.startsWith("jdk.")
        && Arrays.stream(packages).noneMatch(name -> className.startsWith(name + "."));
  }

  private static Place of(StackTraceElement element) {
    String file = element.getFileName();
    return new Place(
        file == null ? UNKNOWN.file() : file,
        Math.max(element.getLineNumber(), 0),
        simple(element.getClassName()) + method(element.getMethodName()));
  }

  private static String simple(String className) {
    return className.substring(className.lastIndexOf('.') + 1).replace('$', '.');
  }

  private static String method(String name) {
    String plain = name.startsWith("lambda$") ? name.substring(7, name.lastIndexOf('$')) : name;
    return switch (plain) {
      case "<clinit>", "static" -> "";
      case "<init>" -> ".new";
      default -> "." + plain;
    };
  }

  @Override
  public String toString() {
    return member + "(" + file + ":" + line + ")";
  }
}

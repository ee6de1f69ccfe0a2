package dev.gatehouse.dsl;

import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Who is asking. Implementations are immutable. */
@SuppressWarnings("ClassInitializationDeadlock") // AnonymousCaller is reached only through here
public interface Caller {

  /** Somebody unknown. */
  @SuppressWarnings(
      "ClassInitializationDeadlock") // nobody else initialises the package-private class
  Caller ANONYMOUS = new AnonymousCaller(Locale.ROOT);

  /** Somebody unknown who prefers a language. */
  static Caller anonymous(Locale locale) {
    return new AnonymousCaller(locale);
  }

  /** Identifies the caller for good; null where nobody has proven who it is. */
  @Nullable String subject();

  /** What else is known, by name; JSON-like values: text, numbers, booleans, lists and maps. */
  Map<String, Object> claims();

  /** The preferred language; {@link Locale#ROOT} where none is known. */
  Locale locale();

  /** Whether it is known who asks. */
  default boolean known() {
    return subject() != null;
  }
}

package dev.gatehouse.dsl;

import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Nobody has proven who it is. */
record AnonymousCaller(Locale locale) implements Caller {
  @Override
  public @Nullable String subject() {
    return null;
  }

  @Override
  public Map<String, Object> claims() {
    return Map.of();
  }
}

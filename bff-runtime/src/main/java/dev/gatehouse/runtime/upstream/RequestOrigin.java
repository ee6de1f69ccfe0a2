package dev.gatehouse.runtime.upstream;

import io.opentelemetry.context.Context;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Whose request a call is made for, as far as routing and balancing may look at it. Confined to one event loop. */
public interface RequestOrigin {
  /** No request from outside. */
  RequestOrigin NONE = new RequestOrigin() {
    @Override
    public @Nullable String header(String name) {
      return null;
    }

    @Override
    public @Nullable String cookie(String name) {
      return null;
    }

    @Override
    public @Nullable String subject() {
      return null;
    }
  };

  /** The first value of a header, in any case; null where there is none. */
  @Nullable String header(String name);

  /** The value of a cookie; null where there is none. */
  @Nullable String cookie(String name);

  /** Who asks; null where that is not known. */
  @Nullable String subject();

  /** What else is known of who asks, by name; JSON-like values. Empty where nothing is known. */
  default Map<String, Object> claims() {
    return Map.of();
  }

  /** What the spans of its calls belong to; the root where no spans are recorded. */
  default Context trace() {
    return Context.root();
  }
}

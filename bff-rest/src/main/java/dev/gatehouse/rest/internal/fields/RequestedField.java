package dev.gatehouse.rest.internal.fields;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A field as a request names it, not yet known to exist.
 *
 * @param part what of it is asked for, at least one field; null for all of it
 */
record RequestedField(String name, @Nullable List<RequestedField> part) {
  RequestedField {
    part = part == null ? null : List.copyOf(part);
  }
}

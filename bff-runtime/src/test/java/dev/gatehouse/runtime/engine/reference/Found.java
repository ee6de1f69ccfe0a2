package dev.gatehouse.runtime.engine.reference;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gatehouse.runtime.upstream.FailureClass;

/** What became of a value: it is there, it is absent, or it failed. */
public sealed interface Found {

  Found ABSENT = new Absent();

  /** As JSON. */
  record There(JsonNode json) implements Found {}

  record Absent() implements Found {}

  record Failed(FailureClass why) implements Found {}

  static Found nonsense() {
    return new Failed(FailureClass.NONSENSE);
  }

  default boolean isThere() {
    return this instanceof There;
  }
}

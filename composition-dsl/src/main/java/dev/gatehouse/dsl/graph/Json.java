package dev.gatehouse.dsl.graph;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** One JSON value as text, fixed at definition. Immutable. */
public final class Json {
  private final byte[] utf8;

  private Json(byte[] utf8) {
    this.utf8 = utf8;
  }

  /**
   * @param text one well-formed JSON value
   */
  public static Json of(String text) {
    return new Json(text.getBytes(StandardCharsets.UTF_8));
  }

  /** A copy of its bytes, in UTF-8. */
  public byte[] bytes() {
    return utf8.clone();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Json json && Arrays.equals(utf8, json.utf8);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(utf8);
  }

  @Override
  public String toString() {
    return new String(utf8, StandardCharsets.UTF_8);
  }
}

package dev.gatehouse.runtime.discovery.http;

import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;

/**
 * What a registry answered.
 *
 * @param status the HTTP status
 * @param body whole
 */
public record RegistryAnswer(int status, MultiMap headers, Buffer body) {
  private static final int SHOWN = 200;

  /** The status, and the beginning of what it came with, for operators. */
  public String problem() {
    String text =
        body.getString(0, Math.min(SHOWN, body.length())).strip().replaceAll("\\p{Cntrl}+", " ");
    return "answered " + status + (text.isEmpty() ? "" : ": " + text);
  }
}

package dev.gatehouse.runtime.discovery.http;

/** A registry could not be asked. Carries no stack trace: it tells about a network, not about code. */
public final class RegistryException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  RegistryException(String message) {
    super(message, null, false, false);
  }
}

package dev.gatehouse.runtime.config;

/**
 * The operator's listener. Immutable.
 *
 * @param enabled whether it is opened
 * @param host the name or address to bind; it has no access control of its own
 * @param port 0 to 65535; 0 for any that is free
 */
public record ManagementSettings(boolean enabled, String host, int port) {
  /** Open on 127.0.0.1:9090. */
  public static final ManagementSettings DEFAULT = new ManagementSettings(true, "127.0.0.1", 9090);
}

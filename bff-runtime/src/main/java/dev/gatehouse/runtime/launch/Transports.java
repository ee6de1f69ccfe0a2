package dev.gatehouse.runtime.launch;

import dev.gatehouse.runtime.config.ConfigurationException;
import io.vertx.core.transport.Transport;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** By which interface of the operating system the process talks to the network. */
final class Transports {
  /** What Netty has, with the artifact that each takes; the JDK's own takes none. */
  static final List<String> NAMES = List.of("nio", "epoll", "io_uring", "kqueue");

  private Transports() {}

  /**
   * A transport that works here.
   *
   * @param name one of {@link #NAMES}; null for the platform's usual one, such as epoll on Linux, else the JDK's
   * @throws ConfigurationException where the one that is named cannot be used
   */
  static Transport of(@Nullable String name) {
    if (name == null) {
      Transport usual = Transport.nativeTransport();
      return usual != null && usual.available() ? usual : Transport.NIO;
    }
    Transport named = Stream.of(
            Transport.NIO, Transport.EPOLL, Transport.IO_URING, Transport.KQUEUE)
        .filter(Objects::nonNull)
        .filter(known -> known.name().equals(name))
        .findFirst()
        .orElseThrow(() -> new ConfigurationException("--transport " + name
            + ": not on the class path (expected: the artifact io.netty:netty-transport-native-"
            + name + " of this platform)"));
    if (!named.available()) {
      throw new ConfigurationException(
          "--transport " + name + ": it does not work on this machine: "
              + reason(named.unavailabilityCause())
              + ". Leave the option out to have what works here.");
    }
    return named;
  }

  private static String reason(@Nullable Throwable cause) {
    return cause == null
        ? "for reasons unknown"
        : cause.getMessage() == null ? cause.toString() : cause.getMessage();
  }
}

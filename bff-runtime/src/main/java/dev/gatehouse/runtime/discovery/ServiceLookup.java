package dev.gatehouse.runtime.discovery;

import dev.gatehouse.runtime.discovery.Endpoint.Scheme;
import java.time.Duration;

/**
 * How one service is found in a source. Immutable.
 *
 * @param source where to look
 * @param name what the service is called there
 * @param port which of its ports: a number, or a name where the source knows names; empty for what the source says
 * @param scheme how its instances are spoken to, where the source does not say
 * @param basePath what comes before every path; empty for none
 * @param keepLast how long the last instances are kept once the source says that there are none
 * @param startTimeout how long the start of a BFF waits for the source's first answer
 */
public record ServiceLookup(
    SourceSettings source,
    String name,
    String port,
    Scheme scheme,
    String basePath,
    Duration keepLast,
    Duration startTimeout) {
  /** One minute. */
  public static final Duration KEEP_LAST = Duration.ofMinutes(1);

  /** Five seconds. */
  public static final Duration START_TIMEOUT = Duration.ofSeconds(5);

  /** What the source says, over plain HTTP. */
  public static ServiceLookup of(SourceSettings source, String name) {
    return new ServiceLookup(source, name, "", Scheme.HTTP, "", KEEP_LAST, START_TIMEOUT);
  }

  public ServiceLookup withPort(String port) {
    return new ServiceLookup(source, name, port, scheme, basePath, keepLast, startTimeout);
  }

  public ServiceLookup withScheme(Scheme scheme) {
    return new ServiceLookup(source, name, port, scheme, basePath, keepLast, startTimeout);
  }

  public ServiceLookup withKeepLast(Duration keepLast) {
    return new ServiceLookup(source, name, port, scheme, basePath, keepLast, startTimeout);
  }

  public ServiceLookup withStartTimeout(Duration startTimeout) {
    return new ServiceLookup(source, name, port, scheme, basePath, keepLast, startTimeout);
  }

  /** The port where it is a number; 0 where it is not. */
  public int portNumber() {
    return port.matches("[0-9]{1,5}") ? Integer.parseInt(port) : 0;
  }
}

package dev.gatehouse.runtime.upstream;

/** The services a BFF can call, by logical name. */
public interface Upstreams {

  /**
   * The client of a service; the same object each time.
   *
   * @throws dev.gatehouse.runtime.config.ConfigurationException where nothing is configured under that name
   */
  Upstream service(String name);
}

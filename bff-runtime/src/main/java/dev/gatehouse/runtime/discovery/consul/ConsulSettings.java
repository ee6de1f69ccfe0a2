package dev.gatehouse.runtime.discovery.consul;

import dev.gatehouse.runtime.discovery.Endpoint;
import dev.gatehouse.runtime.discovery.Source;
import dev.gatehouse.runtime.discovery.SourceSettings;
import io.vertx.core.Vertx;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A Consul agent. Immutable.
 *
 * @param url of its HTTP API
 * @param token the ACL token; null for none
 * @param datacenter to ask for; null for the agent's own
 * @param trust a PEM file with the certificates to trust; null for those that the JDK trusts
 * @param waitTime how long one question may wait at the agent for a change
 * @param timeout how long the agent may take for an answer, beside that
 */
public record ConsulSettings(
    Endpoint url,
    @Nullable String token,
    @Nullable String datacenter,
    @Nullable String trust,
    Duration waitTime,
    Duration timeout)
    implements SourceSettings {
  /** Under a minute, which proxies tend to allow. */
  public static final Duration WAIT = Duration.ofSeconds(50);

  @Override
  public String label() {
    return "consul";
  }

  @Override
  public Source open(Vertx vertx) {
    return new ConsulSource(vertx, this);
  }

  /** Without the token. */
  @Override
  public String toString() {
    return "Consul at " + url;
  }
}

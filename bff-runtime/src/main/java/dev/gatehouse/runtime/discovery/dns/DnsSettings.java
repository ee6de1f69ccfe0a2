package dev.gatehouse.runtime.discovery.dns;

import dev.gatehouse.runtime.discovery.ServiceLookup;
import dev.gatehouse.runtime.discovery.Source;
import dev.gatehouse.runtime.discovery.SourceSettings;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * DNS: addresses (A, AAAA) of a name where a lookup names a port, else the targets of its SRV records. Names are taken as they are:
 * no search domain is added. Immutable.
 *
 * @param servers {@code ADDRESS} or {@code ADDRESS:PORT}, tried in this order; empty for the system's
 * @param addresses which addresses count
 * @param minTtl the least time between two questions, whatever an answer says
 * @param maxTtl the longest time between two questions, whatever an answer says
 * @param timeout for one question to one server
 */
public record DnsSettings(
    List<String> servers, Addresses addresses, Duration minTtl, Duration maxTtl, Duration timeout)
    implements SourceSettings {
  /** The system's servers, IPv4 first; answers hold between one second and one minute. */
  public static final DnsSettings DEFAULT = new DnsSettings(
      List.of(),
      Addresses.IPV4_FIRST,
      Duration.ofSeconds(1),
      Duration.ofMinutes(1),
      Duration.ofSeconds(2));

  /** Which addresses of a name count. */
  public enum Addresses {
    /** IPv4, and IPv6 where there is none. */
    IPV4_FIRST,
    /** IPv6, and IPv4 where there is none. */
    IPV6_FIRST,
    /** All of them. */
    ALL
  }

  public DnsSettings {
    servers = List.copyOf(servers);
  }

  @Override
  public String label() {
    return "dns";
  }

  /** The name that was looked up: addresses say nothing to a certificate or a virtual host. */
  @Override
  public @Nullable String authority(ServiceLookup lookup) {
    return lookup.portNumber() == 0 ? null : lookup.name() + ":" + lookup.portNumber();
  }

  @Override
  public Source open(Vertx vertx) {
    return new DnsSource(vertx, this);
  }

  @Override
  public String toString() {
    return "DNS" + (servers.isEmpty() ? "" : " at " + String.join(", ", servers));
  }
}

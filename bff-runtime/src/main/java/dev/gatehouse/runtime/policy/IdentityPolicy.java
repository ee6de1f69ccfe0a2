package dev.gatehouse.runtime.policy;

import dev.gatehouse.runtime.tls.SpiffeIds;
import java.util.List;

/**
 * Who a service must be, by the certificate that it shows. What changes holds for new calls, which go over new connections.
 * Immutable.
 *
 * @param spiffeIds the SPIFFE ids that it may have, such as {@code spiffe://shop.example/ns/prod/sa/catalog}, or with {@code /*} at
 *     the end for all below; empty where it needs none, and its host is verified instead
 */
public record IdentityPolicy(List<String> spiffeIds) {
  /** The host that was asked for. */
  public static final IdentityPolicy HOST = new IdentityPolicy(List.of());

  /** @throws IllegalArgumentException where one is no SPIFFE id */
  public IdentityPolicy {
    spiffeIds = List.copyOf(spiffeIds);
    for (String id : spiffeIds) {
      if (!SpiffeIds.isExpected(id)) {
        throw new IllegalArgumentException("spiffe-ids: " + id
            + " (expected: spiffe://TRUST-DOMAIN/PATH, or with /* at the end for all below)");
      }
    }
  }

  /** A service that has one of these. */
  public static IdentityPolicy spiffe(String... ids) {
    return new IdentityPolicy(List.of(ids));
  }
}

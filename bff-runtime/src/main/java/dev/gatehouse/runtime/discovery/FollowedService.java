package dev.gatehouse.runtime.discovery;

/**
 * A service that is followed in a source.
 *
 * @param scope by which a registry knows the records that are meant
 * @param watched to be asked for its state by any thread, and for the rest on the source's event loop only
 */
record FollowedService(
    String service, ServiceLookup lookup, String scope, WatchedService watched) {}

package dev.gatehouse.runtime.upstream.http;

import dev.gatehouse.runtime.upstream.ServiceSettings;

/**
 * What holds for every call to one service. Immutable.
 *
 * @param maxResponseBytes of one body
 * @param replaysStale whether a call that does no harm twice is sent once more where its connection, used before, was closed without
 *     an answer. Behind a sidecar it is not: the sidecar may have sent it on, as often as it retries
 * @param headers what each attempt says
 */
record CallRules(int maxResponseBytes, boolean replaysStale, AttemptHeaders headers) {

  static CallRules of(ServiceSettings settings) {
    return new CallRules(
        settings.maxResponseBytes(),
        !settings.isBehindSidecar(),
        new AttemptHeaders(settings.grpcTimeout()));
  }
}

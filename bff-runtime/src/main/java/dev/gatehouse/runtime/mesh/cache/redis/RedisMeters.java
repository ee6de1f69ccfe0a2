package dev.gatehouse.runtime.mesh.cache.redis;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;

/** What operators see of answers in Redis. */
final class RedisMeters {
  final Counter found;
  final Counter missed;
  final Counter skipped;
  final Counter timedOut;
  final Counter failed;
  final Counter unreadable;
  final Counter kept;
  final Counter notKept;
  final Counter forgotten;
  final Counter notForgotten;
  final Timer looks;

  RedisMeters(MeterRegistry meters, String bff) {
    found = looks(meters, bff, "found");
    missed = looks(meters, bff, "missed");
    skipped = looks(meters, bff, "skipped");
    timedOut = looks(meters, bff, "timed_out");
    failed = looks(meters, bff, "failed");
    unreadable = looks(meters, bff, "unreadable");
    kept = changes(meters, bff, "kept");
    notKept = changes(meters, bff, "not_kept");
    forgotten = changes(meters, bff, "forgotten");
    notForgotten = changes(meters, bff, "not_forgotten");
    looks = Timer.builder("gatehouse.mesh.cache.redis.time")
        .description("How long calls waited for Redis before they had an answer or went on")
        .tag("bff", bff)
        .register(meters);
  }

  private static Counter looks(MeterRegistry meters, String bff, String outcome) {
    return Counter.builder("gatehouse.mesh.cache.redis")
        .description(
            "Looks into Redis for answers, by what came of them; skipped ones did not take place")
        .tags("bff", bff, "outcome", outcome)
        .register(meters);
  }

  private static Counter changes(MeterRegistry meters, String bff, String outcome) {
    return Counter.builder("gatehouse.mesh.cache.redis.changes")
        .description("Answers put into Redis, and places forgotten there, by what came of it")
        .tags("bff", bff, "outcome", outcome)
        .register(meters);
  }
}

package dev.gatehouse.runtime.mesh.balance;

import dev.gatehouse.runtime.log.LogEvent;
import dev.gatehouse.runtime.policy.OutlierPolicy;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ejects instances that answer worse than others, and lets them back after a while: on trial, with few calls at once, of which a
 * failure ejects them again and a success ends the trial. A circuit breaker per instance, that calls are led around. Looks only at
 * instances that were called, when there are calls; it has no timer.
 */
final class Outliers {
  private static final Logger LOG = LoggerFactory.getLogger(Outliers.class);
  /** In an outage thousands may go at once. */
  private static final long LEAST_NANOS_BETWEEN_LINES = TimeUnit.SECONDS.toNanos(1);

  private final String service;
  private final Instances instances;
  private final BalanceMeters meters;
  private final List<Instance> called = new ArrayList<>();
  private final List<Instance> ejected = new ArrayList<>();
  private final List<Instance> onTrial = new ArrayList<>();
  private long nextLook;
  private long nextComparison;
  /** Whether to look at once, whatever the time is. */
  private boolean due = true;

  private boolean told;
  private long toldNanos;
  private int untold;

  Outliers(String service, Instances instances, BalanceMeters meters) {
    this.service = service;
    this.instances = instances;
    this.meters = meters;
  }

  /** Takes what came of a call. */
  void seen(Instance instance, boolean failed, OutlierPolicy policy, long now) {
    if (!policy.enabled() || instance.gone) {
      return;
    }
    if (!instance.listed && !policy.interval().isZero()) {
      instance.listed = true;
      called.add(instance);
    }
    instance.calls++;
    if (!failed) {
      instance.failuresInARow = 0;
      endTrial(instance);
      return;
    }
    instance.failures++;
    instance.failuresInARow++;
    if (instance.failuresInARow >= policy.consecutiveFailures() && !instance.ejected()) {
      eject(instance, policy, now, BalanceMeters.Reason.CONSECUTIVE);
    }
  }

  /** Has the next look come at once, by what the policy says now. */
  void policyChanged() {
    due = true;
  }

  /** Lets back whose time has come, and compares success rates, if it is time to; returns at once where it is not. */
  void look(OutlierPolicy policy, long now) {
    if (!due && now - nextLook < 0) {
      return;
    }
    endTrials(policy);
    readmit(policy, now);
    long interval = policy.interval().toNanos();
    if (interval > 0 && policy.enabled() && (due || now - nextComparison >= 0)) {
      compare(policy, now);
      nextComparison = now + interval;
    }
    due = false;
    nextLook = interval > 0 ? nextComparison : now + policy.ejectFor().toNanos();
    for (Instance one : ejected) {
      if (one.ejectedUntil - nextLook < 0) {
        nextLook = one.ejectedUntil;
      }
    }
  }

  int ejected() {
    return ejected.size();
  }

  private void readmit(OutlierPolicy policy, long now) {
    boolean changed = false;
    for (Iterator<Instance> all = ejected.iterator(); all.hasNext(); ) {
      Instance one = all.next();
      if (one.gone || !policy.enabled() || now - one.ejectedUntil >= 0) {
        all.remove();
        meters.readmitted();
        one.readmit(policy.enabled());
        if (policy.enabled() && !one.gone) {
          onTrial.add(one);
          meters.onTrial(1);
        }
        one.failuresInARow = Math.max(0, policy.consecutiveFailures() - 1);
        one.startedAt = now;
        changed = true;
      }
    }
    if (changed) {
      instances.changed();
    }
  }

  private void endTrial(Instance instance) {
    if (instance.onTrial()) {
      instance.passed();
      if (onTrial.remove(instance)) {
        meters.onTrial(-1);
      }
    }
  }

  /** Of those that have gone, and of all where nobody is ejected any more. */
  private void endTrials(OutlierPolicy policy) {
    for (Instance one : List.copyOf(onTrial)) {
      if (one.gone || !policy.enabled()) {
        endTrial(one);
      }
    }
  }

  private void compare(OutlierPolicy policy, long now) {
    List<Instance> rated = new ArrayList<>();
    double sum = 0;
    for (Instance one : called) {
      if (one.calls >= policy.leastCalls() && !one.gone) {
        rated.add(one);
        sum += rate(one);
      }
    }
    if (rated.size() >= Math.max(2, policy.leastInstances())) {
      double mean = sum / rated.size();
      double squares = 0;
      for (Instance one : rated) {
        squares += (rate(one) - mean) * (rate(one) - mean);
      }
      double least = mean - Math.sqrt(squares / rated.size()) * policy.deviations() / 1000;
      for (Instance one : rated) {
        if (rate(one) < least && !one.ejected()) {
          eject(one, policy, now, BalanceMeters.Reason.SUCCESS_RATE);
        }
      }
    }
    for (Instance one : called) {
      if (one.failures == 0 && one.ejections > 0 && !one.ejected()) {
        one.ejections--; // an interval without a failure makes up for an ejection
      }
      one.calls = 0;
      one.failures = 0;
      one.listed = false;
    }
    called.clear();
  }

  private static double rate(Instance instance) {
    return 1 - (double) instance.failures / instance.calls;
  }

  private void eject(
      Instance instance, OutlierPolicy policy, long now, BalanceMeters.Reason reason) {
    forgetGone();
    int all = instances.current().size();
    int most = all < 2 ? 0 : Math.max(1, all * policy.maxEjectedPercent() / 100);
    if (ejected.size() >= most) {
      meters.kept();
      return;
    }
    endTrial(instance);
    instance.eject(now + pause(instance, policy));
    ejected.add(instance);
    if (instance.ejectedUntil - nextLook < 0) {
      nextLook = instance.ejectedUntil;
    }
    instances.changed();
    meters.ejected(reason);
    tell(instance, reason, now);
  }

  private void tell(Instance instance, BalanceMeters.Reason reason, long now) {
    if (told && now - toldNanos < LEAST_NANOS_BETWEEN_LINES) {
      untold++;
      return;
    }
    LogEvent.of("instance is ejected")
        .field("service", service)
        .field("instance", instance.endpoint())
        .field("for_ms", TimeUnit.NANOSECONDS.toMillis(instance.ejectedUntil - now))
        .field(
            "because",
            reason == BalanceMeters.Reason.CONSECUTIVE ? "failures in a row" : "success rate")
        .field("ejected", ejected.size())
        .field("instances", instances.current().size())
        .field("not_told_before", untold)
        .warn(LOG);
    told = true;
    toldNanos = now;
    untold = 0;
  }

  /** Of the instances there are, so many may be ejected: those that went make room. */
  private void forgetGone() {
    ejected.removeIf(one -> {
      if (one.gone) {
        meters.readmitted();
      }
      return one.gone;
    });
  }

  /** Twice as long with each ejection, up to the longest. */
  private static long pause(Instance instance, OutlierPolicy policy) {
    long first = policy.ejectFor().toNanos();
    long longest = policy.maxEjectFor().toNanos();
    int doublings = Math.min(instance.ejections, 62);
    return first > longest >> doublings ? longest : first << doublings;
  }

  /** Takes its instances out of the gauges. */
  void close() {
    ejected.forEach(one -> meters.readmitted());
    ejected.clear();
    meters.onTrial(-onTrial.size());
    onTrial.clear();
  }
}

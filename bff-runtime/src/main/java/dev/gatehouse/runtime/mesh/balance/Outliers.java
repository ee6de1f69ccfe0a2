package dev.gatehouse.runtime.mesh.balance;

import dev.gatehouse.runtime.mesh.balance.Instance.Record;
import dev.gatehouse.runtime.policy.OutlierPolicy;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/**
 * Ejects instances that answer worse than others, and lets them back after a while, when their next failure ejects them again:
 * a circuit breaker per instance. Looks only at instances that were called, when there are calls; it has no timer.
 */
final class Outliers {
  private final Instances instances;
  private final BalanceMeters meters;
  private final List<Instance> called = new ArrayList<>();
  private final List<Instance> ejected = new ArrayList<>();
  private long nextLook = Long.MIN_VALUE;
  private long nextComparison;

  Outliers(Instances instances, BalanceMeters meters) {
    this.instances = instances;
    this.meters = meters;
  }

  /** Takes what came of a call. */
  void seen(Instance instance, boolean failed, OutlierPolicy policy, long now) {
    if (!policy.enabled() || instance.gone) {
      return;
    }
    Record record = instance.record;
    if (!record.listed && !policy.interval().isZero()) {
      record.listed = true;
      called.add(instance);
    }
    record.calls++;
    if (!failed) {
      record.failuresInARow = 0;
      return;
    }
    record.failures++;
    record.failuresInARow++;
    if (record.failuresInARow >= policy.consecutiveFailures() && !record.ejected()) {
      eject(instance, policy, now, BalanceMeters.Reason.CONSECUTIVE);
    }
  }

  /** Lets back whose time has come, and compares success rates, if it is time to; returns at once where it is not. */
  void look(OutlierPolicy policy, long now) {
    if (nextLook != Long.MIN_VALUE && now - nextLook < 0) {
      return;
    }
    readmit(policy, now);
    long interval = policy.interval().toNanos();
    if (interval > 0
        && policy.enabled()
        && (nextLook == Long.MIN_VALUE || now - nextComparison >= 0)) {
      compare(policy, now);
      nextComparison = now + interval;
    }
    nextLook = interval > 0 ? nextComparison : now + policy.ejectFor().toNanos();
    for (Instance one : ejected) {
      if (one.record.ejectedUntil - nextLook < 0) {
        nextLook = one.record.ejectedUntil;
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
      if (one.gone || !policy.enabled() || now - one.record.ejectedUntil >= 0) {
        all.remove();
        meters.readmitted();
        one.record.readmit();
        one.record.failuresInARow = Math.max(0, policy.consecutiveFailures() - 1);
        one.startedAt = now;
        changed = true;
      }
    }
    if (changed) {
      instances.changed();
    }
  }

  private void compare(OutlierPolicy policy, long now) {
    List<Instance> rated = new ArrayList<>();
    double sum = 0;
    for (Instance one : called) {
      if (one.record.calls >= policy.leastCalls() && !one.gone) {
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
        if (rate(one) < least && !one.record.ejected()) {
          eject(one, policy, now, BalanceMeters.Reason.SUCCESS_RATE);
        }
      }
    }
    for (Instance one : called) {
      Record record = one.record;
      if (record.failures == 0 && record.ejections > 0 && !record.ejected()) {
        record.ejections--; // an interval without a failure makes up for an ejection
      }
      record.calls = 0;
      record.failures = 0;
      record.listed = false;
    }
    called.clear();
  }

  private static double rate(Instance instance) {
    return 1 - (double) instance.record.failures / instance.record.calls;
  }

  private void eject(
      Instance instance, OutlierPolicy policy, long now, BalanceMeters.Reason reason) {
    int all = instances.current().size();
    int most = all < 2 ? 0 : Math.max(1, all * policy.maxEjectedPercent() / 100);
    if (ejected.size() >= most) {
      meters.kept();
      return;
    }
    long pause = policy.ejectFor().toNanos() << Math.min(instance.record.ejections, 20);
    pause = Math.min(pause < 0 ? Long.MAX_VALUE : pause, policy.maxEjectFor().toNanos());
    instance.record.eject(now + pause);
    ejected.add(instance);
    if (instance.record.ejectedUntil - nextLook < 0) {
      nextLook = instance.record.ejectedUntil;
    }
    instances.changed();
    meters.ejected(reason);
  }

  /** Takes its instances out of the gauge. */
  void close() {
    ejected.forEach(one -> meters.readmitted());
    ejected.clear();
  }
}

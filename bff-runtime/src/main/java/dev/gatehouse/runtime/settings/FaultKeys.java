package dev.gatehouse.runtime.settings;

import dev.gatehouse.runtime.policy.FaultPolicy;
import dev.gatehouse.runtime.policy.FaultPolicy.Abort;
import dev.gatehouse.runtime.policy.FaultPolicy.Rule;
import java.time.Duration;
import java.util.List;

/** Faults that are injected from the start on, in development only. */
final class FaultKeys {
  static final Setting<Duration> DELAY = Setting.of(
      Section.SERVICE,
      "fault.delay",
      ValueTypes.duration(Duration.ZERO, Duration.ofMinutes(1)),
      Duration.ZERO,
      "Holds calls back for so long. In development mode only.");
  static final Setting<Integer> ABORT = Setting.of(
      Section.SERVICE,
      "fault.abort",
      ValueTypes.number(0, 599),
      0,
      "Ends calls with this status, from 400 on, without sending them; 0 for not at all. In development mode only.");
  static final Setting<Integer> PERCENT = Setting.of(
      Section.SERVICE,
      "fault.percent",
      ValueTypes.number(1, 100),
      100,
      "The share of calls that this happens to.");

  static final List<Setting<?>> ALL = List.of(DELAY, ABORT, PERCENT);

  private FaultKeys() {}

  static FaultPolicy read(Values values, String service, boolean development) {
    Duration delay = values.get(DELAY, service);
    int abort = values.get(ABORT, service);
    int percent = values.get(PERCENT, service);
    if (abort > 0 && abort < 400) {
      values.problem(ABORT.key(service) + ": " + abort + " (expected: 0, or 400 to 599)");
      return FaultPolicy.OFF;
    }
    if (delay.isZero() && abort == 0) {
      return FaultPolicy.OFF;
    }
    if (!development) {
      values.problem((abort == 0 ? DELAY : ABORT).key(service)
          + ": set, but development is false (expected: nothing; faults are injected by PUT"
          + " /mesh/services/" + service + "/faults on the operator's listener)");
    }
    return new FaultPolicy(
        List.of(new Rule(null, null, percent, delay, abort == 0 ? null : new Abort(abort))), null);
  }
}

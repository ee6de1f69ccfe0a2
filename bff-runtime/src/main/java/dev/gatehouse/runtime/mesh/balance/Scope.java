package dev.gatehouse.runtime.mesh.balance;

import dev.gatehouse.runtime.discovery.ServiceInstance.State;
import dev.gatehouse.runtime.live.Live;
import dev.gatehouse.runtime.mesh.layer.LayerContext;
import dev.gatehouse.runtime.policy.BalancePolicy;
import dev.gatehouse.runtime.policy.OutlierPolicy;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The instances of one subset, or all of them, sorted out: which may be called at all, which of those are well, and which are near.
 *
 * <p>Few are sorted out anew as soon as something has changed. Thousands are not with every change, as calls would wait for it: for a
 * moment, which grows with their number, the scope stays behind, and what is no longer fit is passed over when it is drawn.
 */
final class Scope {
  /** As Envoy's default: as long as seven of ten near instances are well, none is spilled. */
  private static final double OVERPROVISIONING = 1.4;
  /** So many are sorted out in a few microseconds. */
  private static final int FEW = 500;
  /** What sorting out more may take of the loop's time is then a few thousandths, so that fewer than one call in a hundred waits for it. */
  private static final long PAUSE_NANOS_PER_MEMBER = 20_000;
  /** With what passes until its source is looked at, an instance that comes gets calls within a second. */
  private static final long LONGEST_PAUSE_NANOS = 200_000_000;
  /** Where so many in a row are not fit, much has changed. */
  private static final int MOST_PASSED_OVER = 8;

  private final Map<String, String> labels;
  private final Instances instances;
  private final Live<BalancePolicy> balance;
  private final Live<OutlierPolicy> outlier;
  private final LayerContext context;
  private long version;
  private long sortedAt;
  private List<Instance> members = List.of();
  private Candidates near = Candidates.NONE;
  private Candidates far = Candidates.NONE;
  private @Nullable Chooser nearChooser;
  private @Nullable Chooser farChooser;
  private double nearShare;
  private boolean panic;
  private State leastReady = State.NOT_READY;
  private @Nullable Tables tables;

  Scope(
      Map<String, String> labels,
      Instances instances,
      Live<BalancePolicy> balance,
      Live<OutlierPolicy> outlier,
      LayerContext context) {
    this.labels = labels;
    this.instances = instances;
    this.balance = balance;
    this.outlier = outlier;
    this.context = context;
  }

  /** Sorts out, if something has changed since it last did, and it is time to. */
  void refresh(long now) {
    if (version != instances.version()
        && (near.size() == 0 || members.size() <= FEW || now - sortedAt >= pause())) {
      sortOut(now);
    }
  }

  private long pause() {
    return Math.min(LONGEST_PAUSE_NANOS, members.size() * PAUSE_NANOS_PER_MEMBER);
  }

  private void sortOut(long now) {
    BalancePolicy policy = balance.get();
    version = instances.version();
    sortedAt = now;
    members = members(instances.current());
    leastReady = members.isEmpty() ? State.NOT_READY : members.get(0).told().state();
    List<Instance> well = well();
    int panicPercent = outlier.get().panicPercent();
    panic = panicPercent > 0
        && well.size() < members.size()
        && (well.isEmpty() || well.size() * 100L < (long) panicPercent * members.size());
    split(panic ? members : well, policy);
    nearChooser = chooser(near, policy);
    farChooser = chooser(far, policy);
    if (!isHash(policy)) {
      tables = null;
      return;
    }
    Tables keyed = tables;
    if (keyed == null || !keyed.isOf(policy.algorithm())) {
      keyed = new Tables(policy.algorithm(), context);
      tables = keyed;
    }
    keyed.follow(members);
  }

  private List<Instance> well() {
    int unwell = 0;
    for (Instance one : members) {
      unwell += one.isWell() ? 0 : 1;
    }
    return unwell == 0 ? members : members.stream().filter(Instance::isWell).toList();
  }

  /** Those that are ready; where none is, those that are going away. Without weight only where none has any. */
  private List<Instance> members(List<Instance> all) {
    List<Instance> ready = new ArrayList<>(all.size());
    List<Instance> unweighted = new ArrayList<>();
    List<Instance> draining = new ArrayList<>();
    for (Instance one : all) {
      if (!has(one)) {
        continue;
      }
      switch (one.told().state()) {
        case READY -> (one.weight() > 0 ? ready : unweighted).add(one);
        case DRAINING -> draining.add(one);
        case NOT_READY -> {
          // its source says that it takes no calls
        }
      }
    }
    return !ready.isEmpty() ? ready : !unweighted.isEmpty() ? unweighted : draining;
  }

  private boolean has(Instance one) {
    return labels.isEmpty() || one.told().labels().entrySet().containsAll(labels.entrySet());
  }

  private void split(List<Instance> usable, BalancePolicy balance) {
    String zone = balance.zone();
    List<Instance> here = zone.isEmpty()
        ? usable
        : usable.stream().filter(one -> one.told().zone().equals(zone)).toList();
    if (zone.isEmpty() || here.size() == usable.size() || here.isEmpty()) {
      near = new Candidates(usable);
      far = Candidates.NONE;
      nearShare = 1;
      return;
    }
    Set<Instance> chosen = new HashSet<>(here);
    near = new Candidates(here);
    far = new Candidates(usable.stream().filter(one -> !chosen.contains(one)).toList());
    long ofZone = members.stream().filter(one -> one.told().zone().equals(zone)).count();
    nearShare = Math.min(1, OVERPROVISIONING * here.size() / ofZone);
  }

  private @Nullable Chooser chooser(Candidates candidates, BalancePolicy balance) {
    if (candidates.size() == 0) {
      return null;
    }
    RandomGenerator random = context.random();
    return switch (balance.algorithm()) {
      case ROUND_ROBIN -> new Turns(candidates, random);
      case RANDOM -> now -> candidates.get(candidates.draw(random));
      case PEAK_EWMA -> new TwoChoices(candidates, random, TwoChoices.Cost.LATENCY);
      case LEAST_REQUESTS, RING_HASH, MAGLEV ->
        new TwoChoices(candidates, random, TwoChoices.Cost.REQUESTS);
    };
  }

  private static boolean isHash(BalancePolicy balance) {
    return switch (balance.algorithm()) {
      case RING_HASH, MAGLEV -> true;
      default -> false;
    };
  }

  /** Whether there is nothing to choose from. */
  boolean isEmpty() {
    return near.size() == 0;
  }

  int size() {
    return members.size();
  }

  /** How many of them may be called right now. */
  int usable() {
    return near.size() + far.size();
  }

  /** One of those, by its index. */
  Instance usable(int index) {
    return index < near.size() ? near.get(index) : far.get(index - near.size());
  }

  int near() {
    return near.size();
  }

  double nearShare() {
    return nearShare;
  }

  /** Whether so few are well that all are called. */
  boolean panic() {
    return panic;
  }

  /** Chooses by the algorithm; there must be something to choose from. Null where all that there was has gone since. */
  @Nullable Instance choose(long now) {
    Instance drawn = draw(now);
    for (int i = 0; version != instances.version() && !takes(drawn); i++) {
      if (i == MOST_PASSED_OVER) {
        sortOut(now);
        return isEmpty() ? null : draw(now);
      }
      drawn = draw(now);
    }
    return drawn;
  }

  private Instance draw(long now) {
    boolean spills = nearShare < 1 && context.random().nextDouble() >= nearShare;
    Chooser chooser = spills && farChooser != null ? farChooser : nearChooser;
    if (chooser == null) {
      throw new IllegalStateException("scope " + labels + ": nothing to choose from");
    }
    return chooser.choose(now);
  }

  /** The table in which keys are looked up; null where the algorithm has none, or it is not made yet. */
  @Nullable HashTable table() {
    return tables == null ? null : tables.current();
  }

  /** Whether an instance that was sorted out before the last change, or is of an older table, may be called. */
  boolean takes(Instance instance) {
    return !instance.gone
        && (panic || instance.isWell())
        && instance.told().state().compareTo(leastReady) <= 0
        && has(instance);
  }

  /** Whether an instance may have one more call right now: one that is back on trial has few at once. */
  boolean admits(Instance instance) {
    return !instance.onTrial() || panic || instance.active < probes();
  }

  private int probes() {
    OutlierPolicy policy = outlier.get();
    return policy.enabled() ? policy.probes() : Integer.MAX_VALUE;
  }

  State leastReady() {
    return leastReady;
  }
}

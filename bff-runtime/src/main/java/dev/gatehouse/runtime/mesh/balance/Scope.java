package dev.gatehouse.runtime.mesh.balance;

import dev.gatehouse.runtime.discovery.ServiceInstance.State;
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
 * Sorted out anew when something has changed, and never for a call.
 */
final class Scope {
  /** As Envoy's default: as long as seven of ten near instances are well, none is spilled. */
  private static final double OVERPROVISIONING = 1.4;

  private final Map<String, String> labels;
  private final LayerContext context;
  private long version;
  private List<Instance> members = List.of();
  private Candidates near = Candidates.NONE;
  private Candidates far = Candidates.NONE;
  private @Nullable Chooser nearChooser;
  private @Nullable Chooser farChooser;
  private double nearShare;
  private boolean panic;
  private @Nullable Tables tables;

  Scope(Map<String, String> labels, LayerContext context) {
    this.labels = labels;
    this.context = context;
  }

  /** Sorts out, if something has changed since it last did. */
  void refresh(Instances instances, BalancePolicy balance, OutlierPolicy outlier) {
    if (version == instances.version()) {
      return;
    }
    version = instances.version();
    members = members(instances.current());
    List<Instance> well = members.stream().filter(Instance::isWell).toList();
    panic = well.size() < members.size()
        && (well.isEmpty() || well.size() * 100L < (long) outlier.panicPercent() * members.size())
        && outlier.panicPercent() > 0;
    split(panic ? members : well, balance);
    nearChooser = chooser(near, balance);
    farChooser = chooser(far, balance);
    Tables keyed = tables;
    if (!isHash(balance)) {
      tables = null;
      return;
    }
    if (keyed == null || !keyed.isOf(balance.algorithm())) {
      keyed = new Tables(balance.algorithm(), context);
      tables = keyed;
    }
    keyed.follow(members);
  }

  /** Those that are ready; where none is, those that are going away. Without weight only where none has any. */
  private List<Instance> members(List<Instance> all) {
    List<Instance> ready = new ArrayList<>(all.size());
    List<Instance> unweighted = new ArrayList<>();
    List<Instance> draining = new ArrayList<>();
    for (Instance one : all) {
      if (!one.told().labels().entrySet().containsAll(labels.entrySet())) {
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
    long slowStart = balance.slowStart().toNanos();
    return switch (balance.algorithm()) {
      case ROUND_ROBIN -> new Turns(candidates, random);
      case RANDOM -> now -> candidates.get(candidates.draw(random));
      case PEAK_EWMA -> new TwoChoices(candidates, random, TwoChoices.Cost.LATENCY, slowStart);
      case LEAST_REQUESTS, RING_HASH, MAGLEV ->
        new TwoChoices(candidates, random, TwoChoices.Cost.REQUESTS, slowStart);
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

  /** Chooses by the algorithm; there must be something to choose from. */
  Instance choose(long now) {
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

  /** Whether an instance of a table, which may be older than the last change, may be called. */
  boolean takes(Instance instance) {
    return !instance.gone
        && (panic || instance.isWell())
        && instance.told().state() != State.NOT_READY;
  }

  State leastReady() {
    return members.isEmpty() ? State.NOT_READY : members.get(0).told().state();
  }
}

package dev.gatehouse.runtime.mesh.balance;

import dev.gatehouse.runtime.discovery.Endpoint;
import dev.gatehouse.runtime.live.Live;
import dev.gatehouse.runtime.mesh.layer.LayerContext;
import dev.gatehouse.runtime.policy.BalancePolicy;
import dev.gatehouse.runtime.policy.BalancePolicy.HashKey;
import dev.gatehouse.runtime.policy.OutlierPolicy;
import dev.gatehouse.runtime.upstream.UpstreamRequest;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Chooses an instance for a call. What a choice costs does not grow with the number of instances. */
final class Balancer {
  /** Routing rules name few subsets; whatever is beyond is sorted out anew each time. */
  private static final int MOST_SUBSETS = 100;
  /** How often another instance is tried where the first was to be avoided, or gets less than its share. */
  private static final int FURTHER_TRIES = 3;

  private static final int PLACES_TRIED = 64;

  private final Instances instances;
  private final Outliers outliers;
  private final BalanceMeters meters;
  private final Live<BalancePolicy> policy;
  private final Live<OutlierPolicy> outlier;
  private final LayerContext context;
  private final Scope whole;
  private final Map<Map<String, String>, Scope> subsets = new HashMap<>();

  Balancer(
      Instances instances,
      Outliers outliers,
      BalanceMeters meters,
      Live<BalancePolicy> policy,
      Live<OutlierPolicy> outlier,
      LayerContext context) {
    this.instances = instances;
    this.outliers = outliers;
    this.meters = meters;
    this.policy = policy;
    this.outlier = outlier;
    this.context = context;
    this.whole = new Scope(Map.of(), instances, policy, outlier, context);
    policy.follow(changed -> instances.changed());
    outlier.follow(changed -> {
      outliers.policyChanged();
      instances.changed();
    });
  }

  /** An instance for a call; null where there is none. */
  @Nullable Instance choose(UpstreamRequest request, long now) {
    OutlierPolicy ejection = outlier.get();
    outliers.look(ejection, now);
    Scope scope = scope(request.route().subset(), now);
    if (scope.isEmpty()) {
      meters.none();
      return null;
    }
    if (scope.panic()) {
      meters.panicked();
    }
    Instance byKey = byKey(scope, request, one -> isItsTurn(one, now));
    Instance chosen = byKey != null ? byKey : byLoad(scope, request.avoided(), now);
    if (chosen == null) {
      meters.none();
    }
    return chosen;
  }

  /** The scope of a subset, sorted out; that of all instances where the policy says so for an empty one. */
  Scope scope(Map<String, String> labels, long now) {
    Scope scope = labels.isEmpty() ? whole : subset(labels);
    scope.refresh(now);
    if (scope.isEmpty() && !labels.isEmpty() && policy.get().anyForEmptySubset()) {
      whole.refresh(now);
      return whole;
    }
    return scope;
  }

  private Scope subset(Map<String, String> labels) {
    Scope known = subsets.get(labels);
    if (known == null) {
      known = new Scope(labels, instances, policy, outlier, context);
      if (subsets.size() >= MOST_SUBSETS) {
        subsets.clear();
      }
      subsets.put(labels, known);
    }
    return known;
  }

  private @Nullable Instance byLoad(Scope scope, List<Endpoint> avoided, long now) {
    Instance chosen = scope.choose(now);
    for (int i = 0; i < FURTHER_TRIES && chosen != null; i++) {
      boolean tried = !avoided.isEmpty() && avoided.contains(chosen.endpoint());
      if (!tried && scope.admits(chosen) && isItsTurn(chosen, now)) {
        return chosen;
      }
      chosen = scope.choose(now);
    }
    return chosen == null || (avoided.isEmpty() && scope.admits(chosen))
        ? chosen
        : anyBut(scope, avoided, chosen);
  }

  /** Whether an instance gets a call that falls to it: one that starts slowly gets a part of them. */
  private boolean isItsTurn(Instance instance, long now) {
    double pace = pace(instance, now);
    return pace == 1 || context.random().nextDouble() < pace;
  }

  /** Which part of its share an instance gets, above 0 to 1. */
  double pace(Instance instance, long now) {
    return instance.pace(policy.get().slowStart().toNanos(), now);
  }

  /** Where chance has found none but those to be avoided, they are most of all: then there are few. */
  private static Instance anyBut(Scope scope, List<Endpoint> avoided, Instance otherwise) {
    for (int i = 0; i < Math.min(scope.usable(), PLACES_TRIED); i++) {
      Instance one = scope.usable(i);
      if (scope.takes(one) && scope.admits(one) && !avoided.contains(one.endpoint())) {
        return one;
      }
    }
    return otherwise;
  }

  /**
   * The instance that a call's key belongs to.
   *
   * @param turn whether an instance takes a call that falls to it; if not, the next one along is asked
   * @return null where there are no keys, the call has none, or none that is near may be called
   */
  @Nullable Instance byKey(Scope scope, UpstreamRequest request, Predicate<Instance> turn) {
    HashTable table = scope.table();
    CharSequence key = table == null ? null : key(request);
    if (table == null || key == null) {
      return null;
    }
    byte[] body = request.body();
    boolean input = policy.get().key().source() == HashKey.Source.INPUT;
    long hash = input && body != null ? Hashing.of(key, body) : Hashing.of(key);
    int place = table.find(hash);
    for (int i = 0; i < Math.min(table.size(), PLACES_TRIED); i++) {
      Instance one = table.at(place + i);
      if (scope.takes(one)
          && scope.admits(one)
          && !request.avoided().contains(one.endpoint())
          && turn.test(one)) {
        return one;
      }
    }
    return null;
  }

  private @Nullable String key(UpstreamRequest request) {
    HashKey key = policy.get().key();
    return switch (key.source()) {
      case HEADER -> request.origin().header(key.name());
      case COOKIE -> request.origin().cookie(key.name());
      case CALLER -> request.origin().subject();
      case INPUT -> request.uri();
    };
  }
}

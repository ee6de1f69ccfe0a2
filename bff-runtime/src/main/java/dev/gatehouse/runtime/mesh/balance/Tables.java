package dev.gatehouse.runtime.mesh.balance;

import dev.gatehouse.runtime.mesh.layer.LayerContext;
import dev.gatehouse.runtime.policy.BalancePolicy.Algorithm;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The table of a scope's keys, made anew when instances come, go or change their weights. A large one is made on a worker thread
 * while the old one is still in use, and one at a time, so that however often something changes, calls do not wait for it.
 */
final class Tables {
  /** To make a larger one takes longer than a call should have to wait. */
  private static final int SMALL = 100;

  private final Algorithm algorithm;
  private final LayerContext context;
  private List<Share> shares = List.of();
  private @Nullable HashTable current;
  private @Nullable List<Instance> pending;
  private boolean making;

  private record Share(Instance instance, int weight) {}

  Tables(Algorithm algorithm, LayerContext context) {
    this.algorithm = algorithm;
    this.context = context;
  }

  boolean isOf(Algorithm wanted) {
    return algorithm == wanted;
  }

  /** Has the table be of these. */
  void follow(List<Instance> members) {
    List<Instance> sorted = new ArrayList<>(members);
    // Every process must come to the same table.
    sorted.sort(Comparator.comparing(instance -> instance.endpoint().toString()));
    List<Share> next =
        sorted.stream().map(one -> new Share(one, Math.max(1, one.weight()))).toList();
    if (next.equals(shares)) {
      return;
    }
    shares = next;
    if (sorted.isEmpty()) {
      current = null;
      pending = null;
    } else if (sorted.size() <= SMALL) {
      current = make(sorted);
      pending = null;
    } else {
      pending = sorted;
      makeLater();
    }
  }

  @Nullable HashTable current() {
    return current;
  }

  private void makeLater() {
    List<Instance> of = pending;
    if (making || of == null) {
      return;
    }
    making = true;
    pending = null;
    context.vertx().executeBlocking(() -> make(of)).onComplete((made, failure) -> {
      making = false;
      if (made != null && !shares.isEmpty()) {
        current = made;
      }
      makeLater();
    });
  }

  private HashTable make(List<Instance> of) {
    return algorithm == Algorithm.MAGLEV ? new MaglevTable(of) : new HashRing(of);
  }
}

package dev.gatehouse.graphql.internal.incremental;

import dev.gatehouse.graphql.internal.answer.GraphqlError;
import dev.gatehouse.graphql.internal.incremental.Payload.Completed;
import dev.gatehouse.graphql.internal.incremental.Payload.Entry;
import dev.gatehouse.graphql.internal.incremental.Payload.Pending;
import dev.gatehouse.graphql.internal.operation.DeferUsage;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which parts of one answer are known to follow, which of them are there, and what can be told: a fragment when all of it is there,
 * after the fragment around it and after the part that showed it to follow. Confined to one event loop.
 */
public final class Deliveries {
  private final Map<FragmentAt, Fragment> fragments = new HashMap<>();
  private final Map<Object, Portion> portions = new HashMap<>();
  private final Map<Fragment, Pending> announced = new HashMap<>();
  private final Deque<Fragment> over = new ArrayDeque<>();
  private List<Pending> toAnnounce = new ArrayList<>();
  private int ids;

  private record FragmentAt(DeferUsage usage, List<Object> path) {}

  /** A deferred fragment of one object, or the rest of one list. */
  private static final class Fragment {
    final FragmentAt at;
    final List<Portion> portions = new ArrayList<>(2);
    final List<Fragment> inside = new ArrayList<>(0);
    List<GraphqlError> errors = List.of();
    int open;
    boolean ended;

    Fragment(FragmentAt at) {
      this.at = at;
    }

    boolean isLost() {
      return !errors.isEmpty();
    }

    boolean isOver() {
      return isLost() || open == 0;
    }
  }

  /** Fields of one object that are deferred with the same fragments, or the rest of one list. */
  private static final class Portion {
    final List<Object> path;
    final List<Fragment> fragments = new ArrayList<>(1);
    final List<Fragment> inside = new ArrayList<>(0);
    List<GraphqlError> errors = List.of();
    byte @Nullable [] data;
    boolean told;

    Portion(List<Object> path) {
      this.path = path;
    }
  }

  /**
   * Something that follows.
   *
   * @param key by which it is known when it arrives
   * @param usages what it is deferred with; at least one
   * @param path from the root to its object
   */
  public record Due(Object key, Set<DeferUsage> usages, List<Object> path) {}

  /**
   * Notes what follows.
   *
   * @param within the key of the part that showed it, before it arrives itself; null for the first part
   */
  public void await(@Nullable Object within, List<Due> dues) {
    List<Fragment> fresh = new ArrayList<>();
    for (Due due : dues) {
      Portion portion = new Portion(due.path());
      portions.put(due.key(), portion);
      for (DeferUsage usage : due.usages()) {
        FragmentAt at = new FragmentAt(usage, usage.pathIn(due.path()));
        Fragment fragment = fragments.get(at);
        if (fragment == null) {
          fragment = new Fragment(at);
          fragments.put(at, fragment);
          fresh.add(fragment);
        }
        if (!fragment.ended) {
          fragment.open++;
          fragment.portions.add(portion);
          portion.fragments.add(fragment);
        }
      }
    }
    Portion around = within == null ? null : portions.get(within);
    fresh.forEach(fragment -> place(fragment, around));
  }

  /** Has a fragment told after what it must not come before: what its object came with, and the fragment around it. */
  private void place(Fragment fragment, @Nullable Portion around) {
    if (around != null && !around.told) {
      around.inside.add(fragment);
      return;
    }
    for (DeferUsage outer = fragment.at.usage().parent(); outer != null; outer = outer.parent()) {
      Fragment before = fragments.get(new FragmentAt(outer, outer.pathIn(fragment.at.path())));
      if (before != null && (!before.ended || before.isLost())) {
        before.inside.add(fragment);
        return;
      }
    }
    announce(fragment);
  }

  private void announce(Fragment fragment) {
    Pending pending = new Pending(
        Integer.toString(ids++),
        fragment.at.path(),
        fragment.at.usage().label(),
        fragment.at.usage().initialCount());
    announced.put(fragment, pending);
    toAnnounce.add(pending);
    if (fragment.isOver()) {
      over.add(fragment);
    }
  }

  /**
   * Notes that a part is there, once what it shows to follow was noted.
   *
   * @param data JSON; null where it was lost
   * @param errors why; in it, where it is there
   */
  public void arrived(Object key, byte @Nullable [] data, List<GraphqlError> errors) {
    Portion portion = portions.remove(key);
    if (portion == null) {
      return;
    }
    portion.data = data;
    portion.errors = errors;
    for (Fragment fragment : portion.fragments) {
      fragment.open--;
      if (data == null && !fragment.ended) {
        List<GraphqlError> all = new ArrayList<>(fragment.errors);
        all.addAll(errors);
        fragment.errors = all;
      }
      if (fragment.isOver() && announced.containsKey(fragment)) {
        over.add(fragment);
      }
    }
  }

  /** Whether anything follows. */
  public boolean hasNext() {
    return !announced.isEmpty();
  }

  /** What is told first. */
  public Payload first(byte[] data, List<GraphqlError> errors) {
    List<Pending> pending = toAnnounce;
    toAnnounce = new ArrayList<>();
    Payload.First first = new Payload.First(data, errors, null);
    return new Payload(first, pending, List.of(), List.of(), hasNext());
  }

  /** What can be told now; null where nothing can. */
  public @Nullable Payload next() {
    List<Entry> entries = new ArrayList<>();
    List<Completed> completed = new ArrayList<>();
    for (Fragment ended = over.poll(); ended != null; ended = over.poll()) {
      if (!ended.ended) {
        end(ended, entries, completed);
      }
    }
    if (completed.isEmpty()) {
      return null;
    }
    List<Pending> pending = toAnnounce;
    toAnnounce = new ArrayList<>();
    return new Payload(null, pending, entries, completed, hasNext());
  }

  private void end(Fragment fragment, List<Entry> entries, List<Completed> completed) {
    fragment.ended = true;
    if (!fragment.isLost()) {
      for (Portion portion : fragment.portions) {
        byte[] data = portion.data;
        if (!portion.told && data != null) {
          portion.told = true;
          portion.data = null;
          entries.add(new Entry(nearest(portion), portion.path, data, portion.errors));
          portion.inside.forEach(inner -> place(inner, portion));
        }
      }
    }
    Pending pending = announced.remove(fragment);
    if (pending != null) {
      completed.add(new Completed(pending, fragment.errors));
    }
    if (!fragment.isLost()) {
      fragment.inside.forEach(this::announce);
    }
  }

  /** The announced fragment whose path is nearest to the portion's. */
  private Pending nearest(Portion portion) {
    Pending nearest = null;
    for (Fragment fragment : portion.fragments) {
      Pending pending = announced.get(fragment);
      if (pending != null
          && (nearest == null || pending.path().size() > nearest.path().size())) {
        nearest = pending;
      }
    }
    if (nearest == null) {
      throw new IllegalStateException("what is told was announced");
    }
    return nearest;
  }
}

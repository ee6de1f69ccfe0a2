package dev.gatehouse.runtime.mesh.cache;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** An outer store in memory, whose answers wait until they are let go, where they are told to. */
final class HeldStore implements OuterStore {
  final Map<String, byte[]> values = new HashMap<>();
  final Map<String, Duration> lives = new HashMap<>();
  final List<String> rejected = new ArrayList<>();
  private final Map<String, Integer> generations = new HashMap<>();
  private final Deque<Runnable> held = new ArrayDeque<>();
  boolean holds;
  int looks;

  private <T> Future<T> later(T value) {
    Promise<T> promise = Promise.promise();
    if (holds) {
      held.add(() -> promise.complete(value));
    } else {
      promise.complete(value);
    }
    return promise.future();
  }

  /** Lets all go that waits. */
  void release() {
    while (!held.isEmpty()) {
      held.remove().run();
    }
  }

  private String name(String place, String key) {
    return place + generations.getOrDefault(place, 0) + key;
  }

  @Override
  public Future<Look> look(String place, String key) {
    looks++;
    return later(new Look(generations.getOrDefault(place, 0), values.get(name(place, key))));
  }

  @Override
  public Duration timeout() {
    return Duration.ofSeconds(60);
  }

  @Override
  public void keep(String place, String key, Look look, byte[] value, Duration life) {
    if (generations.getOrDefault(place, 0).equals(look.generation())) {
      values.put(name(place, key), value);
      lives.put(name(place, key), life);
    }
  }

  @Override
  public void drop(String place, String key) {
    values.remove(name(place, key));
  }

  @Override
  public void reject(String place, String key) {
    rejected.add(key);
    drop(place, key);
  }

  @Override
  public Future<Void> forget(String place) {
    generations.merge(place, 1, Integer::sum);
    return later(null);
  }

  @Override
  public void describe(JsonObject into) {
    into.put("looks", looks);
  }

  @Override
  public Future<Void> close() {
    return Future.succeededFuture();
  }
}

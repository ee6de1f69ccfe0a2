package dev.gatehouse.runtime.mesh.cache.redis;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.gatehouse.runtime.config.CacheSettings;
import dev.gatehouse.runtime.log.LogEvent;
import dev.gatehouse.runtime.mesh.cache.OuterStore;
import dev.gatehouse.runtime.time.TimerWheel;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Two kinds of keys: {@code PREFIX BFF:PLACE} holds the place's generation, a random number, and {@code PREFIX BFF:PLACE:KEY} an answer,
 * which begins with the generation it belongs to. A place is forgotten by giving it another generation, so that an answer that is put
 * there later by somebody who had looked before does not count; nor does any answer whose generation has been evicted. Names of places
 * are hash tags, so both kinds live on the same node of a cluster behind a proxy.
 */
final class RedisStore implements OuterStore {
  private static final Logger LOG = LoggerFactory.getLogger(RedisStore.class);
  private static final int GENERATION_LENGTH = 16;
  private static final long GENERATION_MILLIS = Duration.ofHours(25).toMillis();
  /** Larger answers are not kept here. */
  private static final int MOST_BYTES = 1 << 20;
  /** On their way to Redis. */
  private static final int MOST_BYTES_UNDER_WAY = 8 << 20;
  /** Places that could not be forgotten yet. */
  private static final int MOST_OWED = 10_000;

  private static final int OWED_AT_ONCE = 100;
  /** How long nothing is put there after Redis, such as one that is full, has refused it. */
  private static final long PAUSE_NANOS = TimeUnit.SECONDS.toNanos(1);

  /** Between two lines of the log about what Redis refuses. */
  private static final long SILENCE_NANOS = TimeUnit.MINUTES.toNanos(1);

  private final CacheSettings.Redis settings;
  private final String prefix;
  private final RedisMeters meters;
  private final RandomGenerator random = RandomGenerator.getDefault();
  private final Set<String> owed = new LinkedHashSet<>();
  private final RedisLink link;
  private int bytesUnderWay;
  private @Nullable String refusal;
  private long refusedNanos;
  private boolean told;
  private long toldNanos;

  RedisStore(
      Vertx vertx,
      CacheSettings.Redis settings,
      String bff,
      TimerWheel timers,
      MeterRegistry meters) {
    this.settings = settings;
    this.prefix = settings.prefix() + bff + ":";
    this.meters = new RedisMeters(meters, bff);
    this.link = new RedisLink(vertx, settings, timers, this::settle);
  }

  private String generationKey(String place) {
    return prefix + "{" + place + "}";
  }

  private String answerKey(String place, String key) {
    return generationKey(place) + ":" + key;
  }

  private String newGeneration() {
    String hex = Long.toHexString(random.nextLong());
    return "0".repeat(GENERATION_LENGTH - hex.length()) + hex;
  }

  @Override
  public Duration timeout() {
    return settings.timeout();
  }

  @Override
  public Future<Look> look(String place, String key) {
    if (!link.isUp()) {
      meters.skipped.increment();
      return Future.succeededFuture(Look.NONE);
    }
    long began = System.nanoTime();
    return link.ask(
            Request.cmd(Command.GET).arg(generationKey(place)),
            Request.cmd(Command.GETRANGE)
                .arg(answerKey(place, key))
                .arg(0)
                .arg(GENERATION_LENGTH + MOST_BYTES))
        .map(asked -> seen(place, asked))
        .otherwise(e -> {
          (Asked.isLate(e) ? meters.timedOut : meters.failed).increment();
          return Look.NONE;
        })
        .onComplete(done -> meters.looks.record(System.nanoTime() - began, TimeUnit.NANOSECONDS));
  }

  private Look seen(String place, Asked asked) {
    String refused = asked.refusal(0);
    if (refused != null) {
      meters.failed.increment();
      link.lost(refused);
      return Look.NONE;
    }
    byte[] told = asked.bytes(0);
    if (told == null || told.length != GENERATION_LENGTH) {
      meters.missed.increment();
      return new Look(begun(place, told != null), null);
    }
    byte[] value = asked.bytes(1);
    boolean counts = value != null
        && value.length > GENERATION_LENGTH
        && Arrays.equals(value, 0, GENERATION_LENGTH, told, 0, GENERATION_LENGTH);
    (counts ? meters.found : meters.missed).increment();
    return new Look(
        new String(told, ISO_8859_1),
        counts && value != null
            ? Arrays.copyOfRange(value, GENERATION_LENGTH, value.length)
            : null);
  }

  /** The first who looks gives a place its generation; where several do, all but one have looked in vain. */
  private String begun(String place, boolean isNonsense) {
    String generation = newGeneration();
    Request begin = set(generationKey(place), generation.getBytes(ISO_8859_1), GENERATION_MILLIS);
    link.ask(isNonsense ? begin : begin.arg("NX"));
    return generation;
  }

  private static Request set(String key, byte[] value, long millis) {
    return Request.cmd(Command.SET).arg(key).arg(value).arg("PX").arg(millis);
  }

  @Override
  public void keep(String place, String key, Look look, byte[] value, Duration life) {
    if (!(look.generation() instanceof String generation)
        || value.length > MOST_BYTES
        || !link.isUp()
        || bytesUnderWay + value.length > MOST_BYTES_UNDER_WAY
        || isPausing()) {
      meters.notKept.increment();
      return;
    }
    byte[] whole = Arrays.copyOf(generation.getBytes(ISO_8859_1), GENERATION_LENGTH + value.length);
    System.arraycopy(value, 0, whole, GENERATION_LENGTH, value.length);
    put(
            whole.length,
            set(answerKey(place, key), whole, life.toMillis()),
            Request.cmd(Command.PEXPIRE).arg(generationKey(place)).arg(GENERATION_MILLIS))
        .onComplete(kept -> (kept.failed() ? meters.notKept : meters.kept).increment());
  }

  private boolean isPausing() {
    return refusal != null && System.nanoTime() - refusedNanos < PAUSE_NANOS;
  }

  private Future<Asked> put(int bytes, Request... requests) {
    bytesUnderWay += bytes;
    return link.ask(requests).onComplete(done -> bytesUnderWay -= bytes).compose(asked -> {
      refusal = asked.refusal();
      if (refusal == null) {
        return Future.succeededFuture(asked);
      }
      refusedNanos = System.nanoTime();
      tell(refusal);
      return Future.failedFuture(refusal);
    });
  }

  private void tell(String refused) {
    if (!told || refusedNanos - toldNanos > SILENCE_NANOS) {
      told = true;
      toldNanos = refusedNanos;
      LogEvent.of("Redis keeps no answers")
          .field("store", settings)
          .field("because", refused)
          .warn(LOG);
    }
  }

  @Override
  public void drop(String place, String key) {
    if (link.isUp()) {
      link.ask(Request.cmd(Command.DEL).arg(answerKey(place, key)));
    }
  }

  @Override
  public void reject(String place, String key) {
    meters.unreadable.increment();
    drop(place, key);
  }

  @Override
  public Future<Void> forget(String place) {
    owed.remove(place);
    if (!link.isUp()) {
      owe(List.of(place));
      return Future.succeededFuture();
    }
    return renewed(List.of(place)).otherwiseEmpty().mapEmpty();
  }

  private void owe(List<String> places) {
    for (String place : places) {
      if (owed.size() < MOST_OWED) {
        owed.add(place);
      } else {
        meters.notForgotten.increment();
      }
    }
  }

  /** A Redis that is full takes no new generation, but lets go of the old one. */
  private Future<?> renewed(List<String> places) {
    Request[] requests = new Request[2 * places.size()];
    for (int i = 0; i < places.size(); i++) {
      String key = generationKey(places.get(i));
      requests[2 * i] = Request.cmd(Command.DEL).arg(key);
      requests[2 * i + 1] = set(key, newGeneration().getBytes(ISO_8859_1), GENERATION_MILLIS);
    }
    return link.ask(requests)
        .compose(asked -> {
          for (int i = 0; i < places.size(); i++) {
            String refused = asked.refusal(2 * i);
            if (refused != null) {
              link.lost(refused);
              return Future.failedFuture(refused);
            }
          }
          meters.forgotten.increment(places.size());
          return Future.succeededFuture();
        })
        .onFailure(e -> owe(places));
  }

  /** Forgets what is still to be forgotten, before anybody looks. */
  private Future<?> settle() {
    List<List<String>> parts = new ArrayList<>();
    List<String> all = List.copyOf(owed);
    owed.clear();
    for (int from = 0; from < all.size(); from += OWED_AT_ONCE) {
      parts.add(all.subList(from, Math.min(all.size(), from + OWED_AT_ONCE)));
    }
    return Future.join(parts.stream().map(this::renewed).toList());
  }

  @Override
  public void describe(JsonObject into) {
    into.put(
        "redis",
        new JsonObject()
            .put("connected", link.isUp())
            .put("problem", link.problem() != null ? link.problem() : refusal)
            .put("toBeForgotten", owed.size()));
  }

  @Override
  public Future<Void> close() {
    return link.close();
  }
}

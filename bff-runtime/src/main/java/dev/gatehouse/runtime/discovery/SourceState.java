package dev.gatehouse.runtime.discovery;

import io.vertx.core.json.JsonObject;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * How far a service's instances are to be believed. Immutable.
 *
 * @param source the kind of source, such as {@code consul}; {@code static} for configuration
 * @param status where the instances stand
 * @param confirmedNanos when the source last confirmed them, after {@link System#nanoTime()}; meaningless where it never has
 * @param everConfirmed whether the source has ever answered
 * @param leftOut how many of the source's entries could not be used
 * @param problem what is wrong, for operators; null where nothing is
 * @param instances how many the source has told of, of those that can be used
 * @param changes how often it has told something else, since it is followed
 * @param failures how often it has failed, since it is followed
 */
public record SourceState(
    String source,
    Status status,
    long confirmedNanos,
    boolean everConfirmed,
    int leftOut,
    @Nullable String problem,
    int instances,
    long changes,
    long failures) {
  /** Of services whose addresses stand in the configuration. */
  public static final SourceState STATIC =
      new SourceState("static", Status.STATIC, 0, false, 0, null, 0, 0, 0);

  /** Where a service's instances stand. */
  public enum Status {
    /** They come from configuration. */
    STATIC,
    /** The source has not answered yet. */
    WAITING,
    /** They are what the source says. */
    CURRENT,
    /** The last known good: the source cannot be asked, or has only just begun to say that there are none. */
    STALE,
    /** The source says that there are none, and has said so long enough. */
    EMPTY
  }

  /** Not asked yet. */
  static SourceState waiting(String source, @Nullable String problem) {
    return new SourceState(source, Status.WAITING, 0, false, 0, problem, 0, 0, 0);
  }

  /** The same, once it has failed once more. */
  SourceState failedOnceMore() {
    return new SourceState(
        source,
        status,
        confirmedNanos,
        everConfirmed,
        leftOut,
        problem,
        instances,
        changes,
        failures + 1);
  }

  /** The same, once it tells something else. */
  SourceState changedTo(int instances) {
    return new SourceState(
        source,
        status,
        confirmedNanos,
        everConfirmed,
        leftOut,
        problem,
        instances,
        changes + 1,
        failures);
  }

  /** Whether the instances are the last known good rather than what the source says now. */
  public boolean isStale() {
    return status == Status.STALE;
  }

  /**
   * How long ago the source confirmed them.
   *
   * @param nowNanos after {@link System#nanoTime()}
   * @return milliseconds; -1 where it never has
   */
  public long ageMillis(long nowNanos) {
    return everConfirmed ? TimeUnit.NANOSECONDS.toMillis(nowNanos - confirmedNanos) : -1;
  }

  /** What an operator wants to see. */
  public JsonObject json(long nowNanos) {
    JsonObject json = new JsonObject()
        .put("source", source)
        .put("status", status.name().toLowerCase(Locale.ROOT))
        .put("stale", isStale());
    if (everConfirmed) {
      json.put("ageMillis", ageMillis(nowNanos));
    }
    if (leftOut > 0) {
      json.put("leftOut", leftOut);
    }
    if (problem != null) {
      json.put("problem", problem);
    }
    return json;
  }
}

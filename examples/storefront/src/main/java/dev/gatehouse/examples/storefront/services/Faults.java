package dev.gatehouse.examples.storefront.services;

import static java.util.stream.Collectors.joining;

import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * How a service misbehaves on purpose.
 *
 * @param latencyMillis how long each call waits before it is worked on
 * @param jitterMillis at most so much longer, by chance
 * @param errorShare the share of calls, 0 to 1, that {@code kind} strikes
 * @param kind what happens to those
 * @param status the answer's status where the kind is {@link Kind#STATUS}; null otherwise
 * @param path only calls whose path begins with it are concerned
 */
record Faults(
    int latencyMillis,
    int jitterMillis,
    double errorShare,
    Kind kind,
    @Nullable Integer status,
    String path) {

  enum Kind {
    NONE,
    /** Answers with an error at once, without doing the work. */
    STATUS,
    /** Takes the request and never answers. */
    HANG,
    /** Closes the connection (HTTP/2: resets the stream) instead of answering. */
    RESET,
    /** Does the work, announces the whole answer, and breaks off in the middle. */
    TRUNCATE,
    /** Does the work and answers with broken JSON. */
    MALFORMED,
    /** Does the work and sends the answer in ten pieces, 100 ms apart. */
    TRICKLE;

    private String key() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** What one call is to suffer. */
  record Strike(long delayMillis, Kind kind, int status) {}

  static final Faults NONE = new Faults(0, 0, 0, Kind.NONE, null, "");

  private static final int MAX_MILLIS = 60_000;
  private static final List<Kind> SWITCHES =
      List.of(Kind.HANG, Kind.RESET, Kind.TRUNCATE, Kind.MALFORMED, Kind.TRICKLE);
  private static final List<String> KEYS = Stream.concat(
          Stream.of("latencyMillis", "jitterMillis", "errorShare", "status", "path"),
          SWITCHES.stream().map(Kind::key))
      .toList();

  /**
   * Reads and checks; what is not mentioned is off. A share without a fault means status 503, a fault without a share
   * strikes all calls.
   */
  static Faults from(JsonObject json) {
    for (String key : json.fieldNames()) {
      if (!KEYS.contains(key)) {
        throw new Problem(400, key + ": unknown (expected: " + String.join(", ", KEYS) + ")");
      }
    }
    List<Kind> on = SWITCHES.stream().filter(kind -> isOn(json, kind.key())).toList();
    Integer status = json.getValue("status") == null ? null : integer(json, "status", 400, 599);
    if (on.size() + (status == null ? 0 : 1) > 1) {
      String named =
          on.stream().map(Kind::key).collect(joining(", ")) + (status == null ? "" : ", status");
      throw new Problem(400, named + ": more than one fault (expected: one at a time)");
    }
    Double share = share(json);
    if (on.isEmpty() && status == null && share != null && share > 0) {
      status = 503;
    }
    Kind kind = on.isEmpty() ? (status == null ? Kind.NONE : Kind.STATUS) : on.get(0);
    return new Faults(
        integer(json, "latencyMillis", 0, MAX_MILLIS),
        integer(json, "jitterMillis", 0, MAX_MILLIS),
        share != null ? share : kind == Kind.NONE ? 0 : 1,
        kind,
        status,
        path(json));
  }

  JsonObject toJson() {
    JsonObject json = new JsonObject()
        .put("latencyMillis", latencyMillis)
        .put("jitterMillis", jitterMillis)
        .put("errorShare", errorShare)
        .put("status", status);
    SWITCHES.forEach(each -> json.put(each.key(), each == kind));
    return json.put("path", path);
  }

  /** Decides for one call, by {@code dice} where it is a matter of chance. */
  Strike strike(String requestPath, Random dice) {
    if (!requestPath.startsWith(path)) {
      return new Strike(0, Kind.NONE, 0);
    }
    return new Strike(
        latencyMillis + dice.nextInt(jitterMillis + 1),
        dice.nextDouble() < errorShare ? kind : Kind.NONE,
        status == null ? 0 : status);
  }

  private static int integer(JsonObject json, String key, int least, int most) {
    Object value = json.getValue(key, least);
    if (value instanceof Integer number && number >= least && number <= most) {
      return number;
    }
    throw Problem.invalid(key, value, least + " to " + most);
  }

  private static @Nullable Double share(JsonObject json) {
    Object value = json.getValue("errorShare");
    if (value == null) {
      return null;
    }
    if (value instanceof Number number && number.doubleValue() >= 0 && number.doubleValue() <= 1) {
      return number.doubleValue();
    }
    throw Problem.invalid("errorShare", value, "0 to 1");
  }

  private static boolean isOn(JsonObject json, String key) {
    Object value = json.getValue(key, false);
    if (value instanceof Boolean on) {
      return on;
    }
    throw Problem.invalid(key, value, "true or false");
  }

  private static String path(JsonObject json) {
    Object value = json.getValue("path", "");
    if (value instanceof String path && (path.isEmpty() || path.startsWith("/"))) {
      return path;
    }
    throw Problem.invalid("path", value, "a prefix such as /products");
  }
}

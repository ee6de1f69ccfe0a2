package dev.gatehouse.runtime.reload;

import dev.gatehouse.runtime.settings.LoadedSettings;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which configuration holds, and which does not. Immutable.
 *
 * @param started what the process began with
 * @param current what was read last and could be used
 * @param since when it was read
 * @param pending keys of which it says what holds only after the next start, sorted
 * @param refused what was read last, where it could not be used; null where it could
 */
record ConfigurationState(
    LoadedSettings started,
    LoadedSettings current,
    Instant since,
    Set<String> pending,
    @Nullable Refused refused) {

  /**
   * A configuration that cannot be used.
   *
   * @param version of its file
   */
  record Refused(String version, Instant since, List<String> problems) {
    /** Whether another says the same. */
    boolean says(String otherVersion, List<String> otherProblems) {
      return version.equals(otherVersion) && problems.equals(otherProblems);
    }
  }

  static ConfigurationState begin(LoadedSettings started, Instant now) {
    return new ConfigurationState(started, started, now, Set.of(), null);
  }

  ConfigurationState accept(LoadedSettings loaded, Instant now, Set<String> pending) {
    return new ConfigurationState(started, loaded, now, pending, null);
  }

  ConfigurationState refuse(Refused refused) {
    return new ConfigurationState(started, current, since, pending, refused);
  }

  /** The file is again what it was when it was read last. */
  ConfigurationState recover() {
    return new ConfigurationState(started, current, since, pending, null);
  }

  JsonObject json() {
    JsonObject json = new JsonObject()
        .put("file", current.file().path())
        .put("version", current.file().version())
        .put("since", since.toString())
        .put("startedWith", started.file().version())
        .put("atNextStart", array(pending));
    Refused wrong = refused;
    return json.put(
        "refused",
        wrong == null
            ? null
            : new JsonObject()
                .put("version", wrong.version())
                .put("since", wrong.since().toString())
                .put("problems", array(wrong.problems())));
  }

  private static JsonArray array(Collection<String> texts) {
    return new JsonArray(List.copyOf(texts));
  }
}

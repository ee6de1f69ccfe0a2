package dev.gatehouse.runtime.discovery.file;

import dev.gatehouse.runtime.discovery.Source;
import dev.gatehouse.runtime.discovery.SourceSettings;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;

/**
 * Files, YAML or JSON, that list the instances of services. They are looked at again and again, and read when they have changed.
 * Immutable.
 *
 * @param paths of the files, which add up
 * @param every the pause between two looks
 */
public record FileSettings(List<String> paths, Duration every) implements SourceSettings {
  /** Half a second. */
  public static final Duration EVERY = Duration.ofMillis(500);

  public FileSettings {
    paths = List.copyOf(paths);
  }

  @Override
  public String label() {
    return "file";
  }

  @Override
  public Source open(Vertx vertx) {
    return new FileSource(vertx, this);
  }

  @Override
  public String toString() {
    return String.join(", ", paths);
  }
}

package dev.gatehouse.runtime.reload;

import dev.gatehouse.runtime.settings.LoadedSettings;
import dev.gatehouse.runtime.settings.SettingsFile;
import io.vertx.core.Future;
import java.util.List;
import java.util.Set;

/** The process whose configuration is followed, as far as that has to know it. Thread-safe. */
public interface ReloadHost {
  /** Reads the configuration file; fails where it is there but cannot be read. */
  Future<SettingsFile> read();

  /**
   * Makes the configuration of what stood in the file, with the precedence of sources that holds at the start.
   *
   * @return fails with a {@link dev.gatehouse.runtime.config.ConfigurationException} that lists everything that is wrong
   */
  Future<LoadedSettings> load(SettingsFile file);

  /** What would keep the process from starting with it; may block. */
  List<String> problems(LoadedSettings loaded);

  /** Those services to which calls of one cannot be led before the next start, as a BFF that makes them has no client for them. */
  Set<String> unreachable(String service, Set<String> others);
}

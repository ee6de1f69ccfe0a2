package dev.gatehouse.runtime.settings;

import dev.gatehouse.runtime.config.ConfigurationException;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.nio.file.NoSuchFileException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * What stood in the configuration file at one moment. Immutable; equal where the file is the same and nothing in it has changed, so
 * that it makes no difference whether a file was written anew or a link was turned.
 *
 * @param content null where there is no such file
 */
public record SettingsFile(String path, @Nullable Buffer content) {
  private static final int VERSION_CHARACTERS = 12;

  /** Reads it, without blocking the caller; fails where it is there but cannot be read. */
  public static Future<SettingsFile> read(Vertx vertx, SettingsSources sources) {
    String path = path(sources);
    return vertx
        .fileSystem()
        .exists(path)
        .compose(there -> there
            ? vertx
                .fileSystem()
                .readFile(path)
                .map(content -> new SettingsFile(path, content))
                .recover(e -> e.getCause() instanceof NoSuchFileException
                    ? Future.succeededFuture(new SettingsFile(path, null))
                    : Future.failedFuture(e))
            : Future.succeededFuture(new SettingsFile(path, null)));
  }

  static String path(SettingsSources sources) {
    String named = sources.file();
    return named == null ? SettingsSources.DEFAULT_FILE : named;
  }

  /** Whether there is such a file. */
  public boolean isThere() {
    return content != null;
  }

  /** The beginning of the SHA-256 of the content, in hexadecimal digits; {@code none} where there is no file. */
  public String version() {
    if (content == null) {
      return "none";
    }
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(content.getBytes());
      return HexFormat.of().formatHex(digest).substring(0, VERSION_CHARACTERS);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("SHA-256: unknown (expected: known to every JDK)", e);
    }
  }

  /** In which lines its keys stand, and what is wrong with it as such. */
  YamlFile parse(boolean required) {
    if (content != null) {
      return YamlFile.parse(path, content.toString());
    }
    if (required) {
      throw new ConfigurationException(path
          + ": no such file (expected: a YAML file; name it with --config or GATEHOUSE_CONFIG)");
    }
    return YamlFile.absent(path);
  }
}

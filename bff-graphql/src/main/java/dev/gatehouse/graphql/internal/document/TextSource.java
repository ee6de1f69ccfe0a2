package dev.gatehouse.graphql.internal.document;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Reads texts that a door names. */
public final class TextSource {
  private TextSource() {}

  /**
   * Reads a text in UTF-8.
   *
   * @param location a resource on the class path, else a file
   * @return null where it is neither
   */
  public static @Nullable String read(String location) throws IOException {
    ClassLoader loader = Thread.currentThread().getContextClassLoader();
    try (InputStream resource = loader == null
        ? ClassLoader.getSystemResourceAsStream(location)
        : loader.getResourceAsStream(location)) {
      if (resource != null) {
        return new String(resource.readAllBytes(), StandardCharsets.UTF_8);
      }
    }
    Path file = Path.of(location);
    return Files.isRegularFile(file) ? Files.readString(file) : null;
  }
}

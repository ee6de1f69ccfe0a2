package dev.gatehouse.runtime.tls;

import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * What stood in the files of one service at one moment. Immutable; equal where nothing has changed.
 *
 * @param trust null where the JDK's authorities are trusted
 * @param certificate null where none is shown
 * @param key null where it stands with the certificate
 * @param password null where none is needed
 */
record TlsContents(
    @Nullable Buffer trust,
    @Nullable Buffer certificate,
    @Nullable Buffer key,
    @Nullable String password) {
  /** No file at all. */
  static final TlsContents NONE = new TlsContents(null, null, null, null);

  private static final long MAX_BYTES = 4 << 20;

  /** Reads them; this takes as long as the file system does. */
  static TlsContents read(TlsSettings settings) throws TlsException {
    String file = settings.passwordFile();
    String password = file == null
        ? settings.password()
        : bytes(file).toString(StandardCharsets.UTF_8).strip();
    return new TlsContents(
        optional(settings.trust()),
        optional(settings.certificate()),
        optional(settings.key()),
        password);
  }

  static boolean isPem(Buffer content) {
    return content.toString(StandardCharsets.ISO_8859_1).contains("-----BEGIN ");
  }

  private static @Nullable Buffer optional(@Nullable String path) throws TlsException {
    return path == null ? null : bytes(path);
  }

  private static Buffer bytes(String path) throws TlsException {
    try {
      Path file = Path.of(path);
      if (Files.size(file) > MAX_BYTES) {
        throw new TlsException(path + ": too large (expected: at most 4 MiB)", null);
      }
      return Buffer.buffer(Files.readAllBytes(file));
    } catch (IOException e) {
      throw new TlsException(
          path + ": cannot be read (" + e.getClass().getSimpleName()
              + "; expected: a file that this process may read)",
          e);
    }
  }
}

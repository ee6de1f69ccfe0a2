package dev.gatehouse.runtime.config;

import org.jspecify.annotations.Nullable;

/**
 * Which GraphQL documents clients may name instead of sending them.
 *
 * @param trusted what documents of a manifest are to a door
 * @param manifest a resource on the class path, else a file; in place of the one that the door names; null for that one
 * @param automaticBytes how much memory documents take that clients registered by their hash, for all instances together; 0 for none
 */
public record DocumentSettings(Trusted trusted, @Nullable String manifest, int automaticBytes) {

  /** What the documents of a manifest are. */
  public enum Trusted {
    /** There is no manifest, whatever the door says. */
    OFF,
    /** They may be named; any other document may be sent. */
    PREFER,
    /** They may be named, and no other is taken. */
    ONLY
  }

  /** Documents of the door's manifest may be named; 8 MiB for those that clients register. */
  public static final DocumentSettings DEFAULT =
      new DocumentSettings(Trusted.PREFER, null, 8 << 20);

  /** These settings with another meaning of a manifest. */
  public DocumentSettings withTrusted(Trusted changed) {
    return new DocumentSettings(changed, manifest, automaticBytes);
  }

  /** These settings with another manifest. */
  public DocumentSettings withManifest(@Nullable String changed) {
    return new DocumentSettings(trusted, changed, automaticBytes);
  }

  /** These settings with more or less memory for documents that clients register. */
  public DocumentSettings withAutomaticBytes(int changed) {
    return new DocumentSettings(trusted, manifest, changed);
  }
}

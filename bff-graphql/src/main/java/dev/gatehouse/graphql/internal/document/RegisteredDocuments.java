package dev.gatehouse.graphql.internal.document;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.vertx.core.Vertx;
import io.vertx.core.shareddata.Shareable;
import org.jspecify.annotations.Nullable;

/**
 * Documents that clients registered by their hashes, bounded by their size; those that were not asked for lately go first.
 * Thread-safe, so that a document that one instance was sent is known to all.
 */
public final class RegisteredDocuments implements Shareable {
  private static final String SHARED = "gatehouse.graphql.documents";
  /** What an entry takes beside its text. */
  private static final int ENTRY_BYTES = 256;

  private final Cache<String, String> byHash;

  RegisteredDocuments(long maxBytes) {
    this.byHash = Caffeine.newBuilder()
        .maximumWeight(maxBytes)
        .weigher((String hash, String document) -> ENTRY_BYTES + 2 * document.length())
        .executor(Runnable::run)
        .build();
  }

  /**
   * The documents of all instances of a door.
   *
   * @param door a name that no other door of the process has
   */
  public static RegisteredDocuments of(Vertx vertx, String door, long maxBytes) {
    return vertx
        .sharedData()
        .<String, RegisteredDocuments>getLocalMap(SHARED)
        .computeIfAbsent(door + " " + maxBytes, any -> new RegisteredDocuments(maxBytes));
  }

  @Nullable String find(String hash) {
    return byHash.getIfPresent(hash);
  }

  void keep(String hash, String document) {
    byHash.put(hash, document);
  }
}

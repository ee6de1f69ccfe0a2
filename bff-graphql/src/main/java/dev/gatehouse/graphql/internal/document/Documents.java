package dev.gatehouse.graphql.internal.document;

import dev.gatehouse.graphql.internal.answer.ErrorCode;
import dev.gatehouse.graphql.internal.answer.RequestRefused;
import org.jspecify.annotations.Nullable;

/** Finds the document that a request means, and says which may be run. Confined to one event loop. */
public final class Documents {
  private final TrustedDocuments trusted;
  private final boolean only;
  private final @Nullable RegisteredDocuments registered;

  /**
   * @param only whether nothing but trusted documents is taken
   * @param registered null where clients cannot register any
   */
  public Documents(
      TrustedDocuments trusted, boolean only, @Nullable RegisteredDocuments registered) {
    this.trusted = trusted;
    this.only = only;
    this.registered = registered;
  }

  /**
   * The document that is meant.
   *
   * @param query as sent; null where it is not
   * @param id of a trusted document; null where none is named
   * @param hash of an automatic persisted query; null where none is named
   * @throws RequestRefused where there is none, or it is not taken; nothing was parsed then
   */
  public String find(@Nullable String query, @Nullable String id, @Nullable String hash) {
    if (id != null) {
      return byId(id);
    }
    if (query == null) {
      return byHash(String.valueOf(hash));
    }
    String known = trusted.same(query);
    if (known != null) {
      return known;
    }
    if (only) {
      throw new RequestRefused(
          ErrorCode.DOCUMENT_NOT_TRUSTED,
          "The document is none of those that are trusted (expected: the documentId of one that is).");
    }
    if (hash != null
        && registered != null
        && !query.equals(registered.find(hash))
        && !hash.equals(Sha256.of(query))) {
      throw new RequestRefused(
          ErrorCode.PERSISTED_QUERY_HASH_MISMATCH, "provided sha does not match query");
    }
    return query;
  }

  private String byId(String id) {
    String document = trusted.named(id);
    if (document == null) {
      throw new RequestRefused(
          ErrorCode.DOCUMENT_NOT_FOUND,
          trusted.isEmpty()
              ? "documentId: there are no trusted documents here (expected: query)."
              : "documentId: no trusted document has that id (expected: one of the manifest).");
    }
    return document;
  }

  private String byHash(String hash) {
    String known = trusted.named(hash);
    if (known == null && registered != null) {
      known = registered.find(hash);
    }
    if (known == null) {
      ErrorCode code = registered == null
          ? ErrorCode.PERSISTED_QUERY_NOT_SUPPORTED
          : ErrorCode.PERSISTED_QUERY_NOT_FOUND;
      throw new RequestRefused(code, code.message());
    }
    return known;
  }

  /**
   * Keeps a document that a client registers.
   *
   * @param hash of the document, which {@link #find} answered; null where it is not to be kept
   * @param document valid, so that nonsense never takes the place of what is used
   */
  public void keep(@Nullable String hash, String document) {
    if (hash != null
        && registered != null
        && registered.find(hash) == null
        && trusted.same(document) == null) {
      registered.keep(hash, document);
    }
  }
}

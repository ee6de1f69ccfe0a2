package dev.gatehouse.graphql.internal.document;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The documents of a manifest, by their ids and hashes. Immutable. */
public final class TrustedDocuments {
  /** Before an id that is a hash (GraphQL over HTTP, appendix on persisted documents). */
  private static final String SHA256 = "sha256:";

  private final Map<String, String> byId = new HashMap<>();
  private final Map<String, String> byHash = new HashMap<>();
  private final Map<String, String> byText = new HashMap<>();

  public TrustedDocuments(List<Manifest.Entry> entries) {
    for (Manifest.Entry entry : entries) {
      String document = byText.computeIfAbsent(entry.document(), text -> text);
      byId.put(entry.id(), document);
      byHash.put(Sha256.of(document), document);
    }
  }

  /** The document of that id: the manifest's, or the hash with {@code sha256:} before it or without. Null where there is none. */
  @Nullable String named(String id) {
    String known = byId.get(id);
    if (known != null) {
      return known;
    }
    String plain = id.startsWith(SHA256) ? id.substring(SHA256.length()) : id;
    String prefixed = byId.get(plain);
    return prefixed != null ? prefixed : byHash.get(plain.toLowerCase(Locale.ROOT));
  }

  /** The document of exactly that text; null where it is none of them. */
  @Nullable String same(String text) {
    return byText.get(text);
  }

  /** Whether there are none. */
  boolean isEmpty() {
    return byText.isEmpty();
  }
}

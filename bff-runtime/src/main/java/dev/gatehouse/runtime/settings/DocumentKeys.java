package dev.gatehouse.runtime.settings;

import dev.gatehouse.runtime.config.DocumentSettings;
import dev.gatehouse.runtime.config.DocumentSettings.Trusted;
import java.util.List;
import java.util.regex.Pattern;

/** Which GraphQL documents clients may name instead of sending them. */
final class DocumentKeys {
  private static final DocumentSettings DEFAULT = DocumentSettings.DEFAULT;

  static final Setting<Trusted> TRUSTED = Setting.of(
      Section.BFF,
      "graphql.documents.trusted",
      ValueTypes.choice(Trusted.class),
      DEFAULT.trusted(),
      "What the documents of a manifest are: ignored, preferred, or the only ones taken.");
  static final Setting<String> MANIFEST = Setting.of(
      Section.BFF,
      "graphql.documents.manifest",
      ValueTypes.text(
          "a resource on the class path or the path of a file", Pattern.compile("\\P{Cntrl}+")),
      null,
      "The manifest of trusted documents; the one that the door names where not given.");
  static final Setting<Integer> AUTOMATIC_BYTES = Setting.of(
      Section.BFF,
      "graphql.documents.automatic-bytes",
      ValueTypes.size(0, 1 << 30),
      DEFAULT.automaticBytes(),
      "The memory for documents of automatic persisted queries, for all instances together; 0 for none.");

  static final List<Setting<?>> ALL = List.of(TRUSTED, MANIFEST, AUTOMATIC_BYTES);

  private DocumentKeys() {}

  static DocumentSettings read(Values values, String bff) {
    return new DocumentSettings(
        values.get(TRUSTED, bff), values.find(MANIFEST, bff), values.get(AUTOMATIC_BYTES, bff));
  }
}

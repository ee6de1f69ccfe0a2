package dev.gatehouse.runtime.config;

/**
 * What a BFF's GraphQL doors take on; whatever is beyond is refused before anything is called.
 *
 * @param maxDocumentBytes of an operation's document, in UTF-8
 * @param maxTokens of a document
 * @param maxDepth of fields within fields
 * @param maxAliases in a document
 * @param maxRootFields of an operation
 * @param maxDirectives in a document
 * @param maxFields that an operation selects, fragments spread and fields of equal name merged
 * @param maxListSize of a list that a request gives
 * @param maxCalls to services that an operation could make, by its plans' upper bounds
 * @param maxRows of the largest table that an operation could need, by its plans' upper bounds
 * @param introspection who may ask for the schema
 * @param maxBatch operations in one request; 1 for no batches
 * @param subscriptions what lasts
 * @param documents which documents clients may name instead of sending them
 * @param rate how much one caller may cost
 * @param csrfPrevention whether requests that browsers send to other sites unasked are refused
 * @param incremental whether {@code @defer} and {@code @stream} are part of the schema
 */
public record GraphqlSettings(
    int maxDocumentBytes,
    int maxTokens,
    int maxDepth,
    int maxAliases,
    int maxRootFields,
    int maxDirectives,
    int maxFields,
    int maxListSize,
    int maxCalls,
    int maxRows,
    Introspection introspection,
    int maxBatch,
    SubscriptionSettings subscriptions,
    DocumentSettings documents,
    RateSettings rate,
    boolean csrfPrevention,
    boolean incremental) {

  /** Who may ask for the schema. */
  public enum Introspection {
    /** Everybody, in development mode; else nobody. */
    DEVELOPMENT,
    /** Everybody. */
    ALWAYS,
    /** Nobody. */
    NEVER
  }

  /** 32 KiB, 5000 tokens, 15 deep, 30 aliases, 20 root fields, 50 directives, 1000 fields, lists of 1000, 100 calls, 100000 rows. */
  public static final GraphqlSettings DEFAULT = new GraphqlSettings(
      32 << 10,
      5_000,
      15,
      30,
      20,
      50,
      1_000,
      1_000,
      100,
      100_000,
      Introspection.DEVELOPMENT,
      1,
      SubscriptionSettings.DEFAULT,
      DocumentSettings.DEFAULT,
      RateSettings.DEFAULT,
      true,
      true);

  /** To change some of them. */
  public GraphqlSettingsBuilder toBuilder() {
    return new GraphqlSettingsBuilder(this);
  }
}

package dev.gatehouse.runtime.config;

import dev.gatehouse.runtime.config.GraphqlSettings.Introspection;

/** Changes some of the settings of a BFF's GraphQL doors. Not thread-safe. */
public final class GraphqlSettingsBuilder {
  private int maxDocumentBytes;
  private int maxTokens;
  private int maxDepth;
  private int maxAliases;
  private int maxRootFields;
  private int maxDirectives;
  private int maxFields;
  private int maxListSize;
  private int maxCalls;
  private int maxRows;
  private Introspection introspection;
  private int maxBatch;
  private SubscriptionSettings subscriptions;
  private DocumentSettings documents;
  private RateSettings rate;
  private boolean csrfPrevention;
  private boolean incremental;

  GraphqlSettingsBuilder(GraphqlSettings from) {
    this.maxDocumentBytes = from.maxDocumentBytes();
    this.maxTokens = from.maxTokens();
    this.maxDepth = from.maxDepth();
    this.maxAliases = from.maxAliases();
    this.maxRootFields = from.maxRootFields();
    this.maxDirectives = from.maxDirectives();
    this.maxFields = from.maxFields();
    this.maxListSize = from.maxListSize();
    this.maxCalls = from.maxCalls();
    this.maxRows = from.maxRows();
    this.introspection = from.introspection();
    this.maxBatch = from.maxBatch();
    this.subscriptions = from.subscriptions();
    this.documents = from.documents();
    this.rate = from.rate();
    this.csrfPrevention = from.csrfPrevention();
    this.incremental = from.incremental();
  }

  public GraphqlSettingsBuilder maxDocumentBytes(int maxDocumentBytes) {
    this.maxDocumentBytes = maxDocumentBytes;
    return this;
  }

  public GraphqlSettingsBuilder maxTokens(int maxTokens) {
    this.maxTokens = maxTokens;
    return this;
  }

  public GraphqlSettingsBuilder maxDepth(int maxDepth) {
    this.maxDepth = maxDepth;
    return this;
  }

  public GraphqlSettingsBuilder maxAliases(int maxAliases) {
    this.maxAliases = maxAliases;
    return this;
  }

  public GraphqlSettingsBuilder maxRootFields(int maxRootFields) {
    this.maxRootFields = maxRootFields;
    return this;
  }

  public GraphqlSettingsBuilder maxDirectives(int maxDirectives) {
    this.maxDirectives = maxDirectives;
    return this;
  }

  public GraphqlSettingsBuilder maxFields(int maxFields) {
    this.maxFields = maxFields;
    return this;
  }

  public GraphqlSettingsBuilder maxListSize(int maxListSize) {
    this.maxListSize = maxListSize;
    return this;
  }

  public GraphqlSettingsBuilder maxCalls(int maxCalls) {
    this.maxCalls = maxCalls;
    return this;
  }

  public GraphqlSettingsBuilder maxRows(int maxRows) {
    this.maxRows = maxRows;
    return this;
  }

  public GraphqlSettingsBuilder introspection(Introspection introspection) {
    this.introspection = introspection;
    return this;
  }

  public GraphqlSettingsBuilder maxBatch(int maxBatch) {
    this.maxBatch = maxBatch;
    return this;
  }

  public GraphqlSettingsBuilder subscriptions(SubscriptionSettings subscriptions) {
    this.subscriptions = subscriptions;
    return this;
  }

  public GraphqlSettingsBuilder documents(DocumentSettings documents) {
    this.documents = documents;
    return this;
  }

  public GraphqlSettingsBuilder rate(RateSettings rate) {
    this.rate = rate;
    return this;
  }

  public GraphqlSettingsBuilder csrfPrevention(boolean csrfPrevention) {
    this.csrfPrevention = csrfPrevention;
    return this;
  }

  public GraphqlSettingsBuilder incremental(boolean incremental) {
    this.incremental = incremental;
    return this;
  }

  public GraphqlSettings build() {
    return new GraphqlSettings(
        maxDocumentBytes,
        maxTokens,
        maxDepth,
        maxAliases,
        maxRootFields,
        maxDirectives,
        maxFields,
        maxListSize,
        maxCalls,
        maxRows,
        introspection,
        maxBatch,
        subscriptions,
        documents,
        rate,
        csrfPrevention,
        incremental);
  }
}

package dev.gatehouse.runtime.settings;

import dev.gatehouse.runtime.config.GraphqlSettings;
import dev.gatehouse.runtime.config.GraphqlSettings.Introspection;
import java.util.List;

/** What the GraphQL doors of one BFF take on. */
final class GraphqlKeys {
  private static final GraphqlSettings DEFAULT = GraphqlSettings.DEFAULT;

  static final Setting<Integer> MAX_DOCUMENT_BYTES = Setting.of(
      Section.BFF,
      "graphql.max-document-bytes",
      ValueTypes.size(64, 1 << 20),
      DEFAULT.maxDocumentBytes(),
      "The largest document of a GraphQL operation.");
  static final Setting<Integer> MAX_TOKENS =
      number("graphql.max-tokens", DEFAULT.maxTokens(), "The most tokens of a document.");
  static final Setting<Integer> MAX_DEPTH = Setting.of(
      Section.BFF,
      "graphql.max-depth",
      ValueTypes.number(1, 100),
      DEFAULT.maxDepth(),
      "The most levels of fields within fields.");
  static final Setting<Integer> MAX_ALIASES =
      number("graphql.max-aliases", DEFAULT.maxAliases(), "The most aliases in a document.");
  static final Setting<Integer> MAX_ROOT_FIELDS = number(
      "graphql.max-root-fields",
      DEFAULT.maxRootFields(),
      "The most fields at the top of an operation.");
  static final Setting<Integer> MAX_DIRECTIVES = number(
      "graphql.max-directives", DEFAULT.maxDirectives(), "The most directives in a document.");
  static final Setting<Integer> MAX_FIELDS = number(
      "graphql.max-fields",
      DEFAULT.maxFields(),
      "The most fields that an operation selects, with its fragments spread.");
  static final Setting<Integer> MAX_LIST_SIZE = number(
      "graphql.max-list-size",
      DEFAULT.maxListSize(),
      "The most elements of a list that a request gives.");
  static final Setting<Integer> MAX_CALLS = number(
      "graphql.max-calls",
      DEFAULT.maxCalls(),
      "The most calls to services that an operation could make, by its plans' upper bounds.");
  static final Setting<Integer> MAX_ROWS = number(
      "graphql.max-rows",
      DEFAULT.maxRows(),
      "The most rows that an operation could need in the largest tables of its root fields, by its plans' upper bounds.");
  static final Setting<Introspection> INTROSPECTION = Setting.of(
      Section.BFF,
      "graphql.introspection",
      ValueTypes.choice(Introspection.class),
      DEFAULT.introspection(),
      "Whether the public may ask for the schema: in development mode, always, or never.");
  static final Setting<Integer> MAX_BATCH = Setting.of(
      Section.BFF,
      "graphql.max-batch",
      ValueTypes.number(1, 100),
      DEFAULT.maxBatch(),
      "The most operations in one request, as an array; 1 for no batches.");
  static final Setting<Boolean> CSRF_PREVENTION = Setting.of(
      Section.BFF,
      "graphql.csrf-prevention",
      ValueTypes.flag(),
      DEFAULT.csrfPrevention(),
      "Whether requests that browsers send to other sites unasked are refused.");

  static final Setting<Boolean> INCREMENTAL = Setting.of(
      Section.BFF,
      "graphql.incremental",
      ValueTypes.flag(),
      DEFAULT.incremental(),
      "Whether @defer and @stream are part of the schema, so that answers can come in parts.");

  static final List<Setting<?>> ALL = List.of(
      MAX_DOCUMENT_BYTES,
      MAX_TOKENS,
      MAX_DEPTH,
      MAX_ALIASES,
      MAX_ROOT_FIELDS,
      MAX_DIRECTIVES,
      MAX_FIELDS,
      MAX_LIST_SIZE,
      MAX_CALLS,
      MAX_ROWS,
      INTROSPECTION,
      MAX_BATCH,
      CSRF_PREVENTION,
      INCREMENTAL);

  private GraphqlKeys() {}

  private static Setting<Integer> number(String leaf, int byDefault, String description) {
    return Setting.of(Section.BFF, leaf, ValueTypes.number(1, 10_000_000), byDefault, description);
  }

  static GraphqlSettings read(Values values, String bff) {
    return DEFAULT.toBuilder()
        .maxDocumentBytes(values.get(MAX_DOCUMENT_BYTES, bff))
        .maxTokens(values.get(MAX_TOKENS, bff))
        .maxDepth(values.get(MAX_DEPTH, bff))
        .maxAliases(values.get(MAX_ALIASES, bff))
        .maxRootFields(values.get(MAX_ROOT_FIELDS, bff))
        .maxDirectives(values.get(MAX_DIRECTIVES, bff))
        .maxFields(values.get(MAX_FIELDS, bff))
        .maxListSize(values.get(MAX_LIST_SIZE, bff))
        .maxCalls(values.get(MAX_CALLS, bff))
        .maxRows(values.get(MAX_ROWS, bff))
        .introspection(values.get(INTROSPECTION, bff))
        .maxBatch(values.get(MAX_BATCH, bff))
        .subscriptions(SubscriptionKeys.read(values, bff))
        .documents(DocumentKeys.read(values, bff))
        .rate(RateKeys.read(values, bff))
        .csrfPrevention(values.get(CSRF_PREVENTION, bff))
        .incremental(values.get(INCREMENTAL, bff))
        .build();
  }
}

package dev.gatehouse.graphql;

import dev.gatehouse.dsl.Access;
import dev.gatehouse.dsl.Caller;
import dev.gatehouse.graphql.internal.answer.ErrorCode;
import dev.gatehouse.graphql.internal.document.Documents;
import dev.gatehouse.graphql.internal.document.RegisteredDocuments;
import dev.gatehouse.graphql.internal.document.TrustedDocuments;
import dev.gatehouse.graphql.internal.http.GraphqlRequest;
import dev.gatehouse.graphql.internal.http.RequestReader;
import dev.gatehouse.graphql.internal.operation.CompiledOperation;
import dev.gatehouse.graphql.internal.operation.CompiledRoot;
import dev.gatehouse.graphql.internal.operation.Operations;
import dev.gatehouse.graphql.internal.operation.Planning;
import dev.gatehouse.graphql.internal.operation.PreparedOperation;
import dev.gatehouse.graphql.internal.schema.ApiSchema;
import dev.gatehouse.graphql.internal.schema.OpenField;
import dev.gatehouse.graphql.internal.schema.Subgraphs;
import dev.gatehouse.runtime.config.BffSettings;
import dev.gatehouse.runtime.config.ConfigurationException;
import dev.gatehouse.runtime.config.DocumentSettings;
import dev.gatehouse.runtime.config.DocumentSettings.Trusted;
import dev.gatehouse.runtime.config.GraphqlSettings;
import dev.gatehouse.runtime.config.GraphqlSettings.Introspection;
import dev.gatehouse.runtime.door.DoorContext;
import dev.gatehouse.runtime.door.HttpAccessRequest;
import dev.gatehouse.runtime.telemetry.RouteMeter;
import dev.gatehouse.runtime.telemetry.SubscriptionMeters;
import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** An open door, with everything resolved that requests have in common. Confined to one event loop. */
final class OpenDoor {
  private static final Logger LOG = LoggerFactory.getLogger(OpenDoor.class);
  /** The label of requests that ask for several fields, or none with data. */
  private static final String QUERIES = "query *";

  private static final String ENTITIES = "query " + Subgraphs.ENTITIES;
  private static final String MUTATIONS = "mutation *";
  private static final String NOTHING = "-";

  private final DoorContext context;
  private final List<FieldSpec> fields;
  private final Operations operations;
  private final Documents documents;
  private final CallerRate rate;
  private final RequestReader reader;
  private final @Nullable Access schemaAccess;
  private final SchemaQueries schemaQueries;
  private final List<Long> budgets = new ArrayList<>();
  private final Map<Integer, SubscriptionMeters> subscriptions = new HashMap<>();
  private final Lasting lasting = new Lasting();
  private final Map<String, RouteMeter> meters = new HashMap<>();

  /**
   * @throws ConfigurationException where trusted documents cannot be run
   */
  OpenDoor(GraphqlFields door, ApiSchema compiled, DoorContext context) {
    Subgraph subgraph = door.door().subgraph();
    this.schemaAccess = subgraph == null ? null : subgraph.access();
    this.context = context;
    this.fields = door.opened();
    BffSettings settings = context.settings();
    GraphqlSettings graphql = settings.graphql();
    ApiSchema api = schema(compiled, settings);
    this.operations = operations(compiled, context.compositions()::plan, settings);
    this.documents = documents(door.door());
    this.rate = new CallerRate(context);
    this.reader = new RequestReader(graphql.maxDocumentBytes(), graphql.maxBatch());
    this.schemaQueries = new SchemaQueries(api.schema());
    for (FieldSpec field : fields) {
      Duration own = field.composite().deadline();
      budgets.add((own == null ? settings.limits().requestTimeout() : own).toNanos());
      meter(field.label());
      if (field.subscribing() != null) {
        subscriptions.put(
            budgets.size() - 1, context.telemetry().subscriptions(GraphqlDoor.KIND, field.label()));
      }
    }
    meter(ENTITIES);
    meter(QUERIES);
    meter(MUTATIONS);
    meter(NOTHING);
  }

  /** What makes operations of documents, with a BFF's limits. */
  static Operations operations(ApiSchema compiled, Planning planning, BffSettings settings) {
    return new Operations(
        schema(compiled, settings),
        planning,
        settings.graphql(),
        introspects(settings),
        settings.development(),
        settings.planCacheSize());
  }

  private static ApiSchema schema(ApiSchema compiled, BffSettings settings) {
    return settings.graphql().incremental() ? compiled.incremental() : compiled;
  }

  private Documents documents(DoorSpec door) {
    TrustedManifest manifest = TrustedManifest.of(door, context.settings(), operations);
    if (!manifest.problems().isEmpty()) {
      throw new ConfigurationException(manifest.problems());
    }
    DocumentSettings settings = context.settings().graphql().documents();
    boolean only = settings.trusted() == Trusted.ONLY;
    return new Documents(
        new TrustedDocuments(manifest.entries()),
        only,
        only || settings.automaticBytes() == 0
            ? null
            : RegisteredDocuments.of(
                context.vertx(),
                context.bff().name() + " " + door.path(),
                settings.automaticBytes()));
  }

  /**
   * Finds the document of a request, parses and validates it, where that was not done before.
   *
   * @throws dev.gatehouse.graphql.internal.answer.RequestRefused where it cannot be run
   */
  PreparedOperation prepare(GraphqlRequest asked) {
    String document = documents.find(asked.query(), asked.documentId(), asked.sha256());
    PreparedOperation operation = operations.prepare(document, asked.operationName());
    documents.keep(asked.sha256(), document);
    return operation;
  }

  /** Whether a request is told what it does; nobody is outside development. */
  boolean explains(GraphqlRequest asked) {
    return asked.explain() && context.settings().development();
  }

  /** What callers are charged. */
  CallerRate rate() {
    return rate;
  }

  private static boolean introspects(BffSettings settings) {
    Introspection introspection = settings.graphql().introspection();
    return introspection == Introspection.ALWAYS
        || introspection == Introspection.DEVELOPMENT && settings.development();
  }

  private void meter(String label) {
    meters.put(label, context.telemetry().route(GraphqlDoor.KIND, label));
  }

  DoorContext context() {
    return context;
  }

  Operations operations() {
    return operations;
  }

  RequestReader reader() {
    return reader;
  }

  SchemaQueries schemaQueries() {
    return schemaQueries;
  }

  Access access(OpenField field) {
    return Objects.requireNonNull(
        fields.get(field.index()).access(), "a field without a rule is never opened");
  }

  /** Why a field is not for whoever asks; null where it is. */
  @Nullable ErrorCode refusal(OpenField field, HttpServerRequest request, Caller caller) {
    return refusal(access(field), field.root().name(), request, caller);
  }

  /** Why the schema of a subgraph is not for whoever asks; null where it is. */
  @Nullable ErrorCode schemaRefusal(HttpServerRequest request, Caller caller) {
    return refusal(schemaAccess(), Subgraphs.SERVICE, request, caller);
  }

  /** Never lets anybody in because something went wrong. */
  private static @Nullable ErrorCode refusal(
      Access access, String field, HttpServerRequest request, Caller caller) {
    try {
      return access.open() || access.allows(new HttpAccessRequest(request, caller))
          ? null
          : ErrorCode.FORBIDDEN;
    } catch (RuntimeException e) {
      LOG.error("the rule of {} failed", field, e);
      return ErrorCode.INTERNAL;
    }
  }

  /** Who may read the schema of a subgraph. */
  Access schemaAccess() {
    return Objects.requireNonNull(schemaAccess, "only a subgraph tells its schema");
  }

  /** What a subscription does where its reader is slow. */
  @Nullable WhenSlow whenSlow(OpenField field) {
    FieldSpec.Subscribing subscribing = fields.get(field.index()).subscribing();
    return subscribing == null ? null : subscribing.whenSlow();
  }

  SubscriptionMeters subscriptionMeters(OpenField field) {
    return Objects.requireNonNull(
        subscriptions.get(field.index()), "every subscription has meters");
  }

  /** What lasts, and must be ended when the door closes. */
  Lasting lasting() {
    return lasting;
  }

  /** How long a root field may take. */
  long budgetNanos(OpenField field) {
    return budgets.get(field.index());
  }

  /** What an operation is called in meters and logs: never a name that a client made up. */
  static String label(CompiledOperation operation) {
    CompiledRoot only = operation.roots().size() == 1 ? operation.roots().get(0) : null;
    if (only instanceof CompiledRoot.Planned planned) {
      return operation.kind().label() + " " + planned.field().root().name();
    }
    if (only instanceof CompiledRoot.Entities) {
      return ENTITIES;
    }
    return operation.mutation() ? MUTATIONS : QUERIES;
  }

  RouteMeter meterOf(String label) {
    return Objects.requireNonNull(meters.get(label), "every label has a meter");
  }

  /** The label of a request that asks for nothing that could be run. */
  static String nothing() {
    return NOTHING;
  }
}

package dev.gatehouse.graphql.internal.operation;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.gatehouse.graphql.internal.answer.ErrorCode;
import dev.gatehouse.graphql.internal.answer.GraphqlError;
import dev.gatehouse.graphql.internal.answer.RequestRefused;
import dev.gatehouse.graphql.internal.schema.ApiSchema;
import dev.gatehouse.runtime.config.GraphqlSettings;
import graphql.execution.CoercedVariables;
import graphql.language.Argument;
import graphql.language.Directive;
import graphql.language.Document;
import graphql.language.FragmentDefinition;
import graphql.language.Node;
import graphql.language.OperationDefinition;
import graphql.language.SourceLocation;
import graphql.language.VariableReference;
import graphql.parser.InvalidSyntaxException;
import graphql.parser.Parser;
import graphql.parser.ParserEnvironment;
import graphql.parser.ParserOptions;
import graphql.parser.exceptions.ParseCancelledException;
import graphql.parser.exceptions.ParseCancelledTooDeepException;
import graphql.parser.exceptions.ParseCancelledTooManyCharsException;
import graphql.validation.GoodFaithIntrospectionExceeded;
import graphql.validation.OperationValidationRule;
import graphql.validation.QueryComplexityLimits;
import graphql.validation.ValidationError;
import graphql.validation.ValidationErrorType;
import graphql.validation.Validator;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes documents into operations that can be run, and keeps a bounded number of them: an operation that was seen before is neither
 * parsed, validated nor planned again. Confined to one event loop.
 */
public final class Operations {
  private static final Logger LOG = LoggerFactory.getLogger(Operations.class);
  /** The most errors of a document that are told, so that the answer is never larger than what was asked. */
  private static final int MOST_ERRORS = 10;

  /** Whether answers come in parts. */
  private static final boolean[] MODES = {false, true};

  private static final boolean[] WHOLE = {false};

  private final ApiSchema api;
  private final Planning planning;
  private final GraphqlSettings settings;
  private final EntityBinding entities;
  private final boolean introspects;
  private final boolean suggests;
  private final ParserOptions parsing;
  private final QueryComplexityLimits complexity;
  private final Cache<OperationKey, PreparedOperation> prepared;
  private final Map<OperationKey, PreparedOperation> trusted = new HashMap<>();

  /** A request, ready to be run. */
  public record Bound(CompiledOperation operation, CoercedVariables variables) {}

  /**
   * @param introspects whether the schema may be asked for
   * @param suggests whether errors tell names of the schema that are near to a wrong one
   * @param atMost how many operations are kept; large ones, and those with conditions, count more than once
   */
  public Operations(
      ApiSchema api,
      Planning planning,
      GraphqlSettings settings,
      boolean introspects,
      boolean suggests,
      int atMost) {
    this.api = api;
    this.planning = planning;
    this.settings = settings;
    this.entities = new EntityBinding(planning, settings, suggests);
    this.introspects = introspects;
    this.suggests = suggests;
    this.parsing = ParserOptions.newParserOptions()
        .captureIgnoredChars(false)
        .captureLineComments(false)
        .captureSourceLocation(true)
        .redactTokenParserErrorMessages(true)
        .maxCharacters(settings.maxDocumentBytes())
        .maxTokens(settings.maxTokens())
        .maxWhitespaceTokens(settings.maxDocumentBytes())
        .build();
    this.complexity = QueryComplexityLimits.newLimits()
        .maxDepth(settings.maxDepth())
        .maxFieldsCount(settings.maxFields())
        .build();
    this.prepared = Caffeine.newBuilder()
        .maximumWeight(atMost)
        .weigher((OperationKey key, PreparedOperation operation) -> operation.weight())
        .executor(Runnable::run)
        .build();
  }

  /** What binds the entities of a subgraph. */
  public EntityBinding entities() {
    return entities;
  }

  /**
   * Parses and validates, unless it was bound before.
   *
   * @param operation its name; null where the document has only one
   * @throws RequestRefused where the document cannot be run
   */
  public PreparedOperation prepare(String document, @Nullable String operation) {
    OperationKey key = new OperationKey(document, operation);
    PreparedOperation known = trusted.get(key);
    if (known == null) {
      known = prepared.getIfPresent(key);
    }
    return known != null ? known : prepareAnew(key);
  }

  /**
   * Compiles, where that was not done before, and coerces variables.
   *
   * @throws RequestRefused where it cannot be run
   */
  public Bound bind(PreparedOperation operation, Map<String, @Nullable Object> variables) {
    return bind(operation, variables, false);
  }

  /**
   * Compiles, where that was not done before, and coerces variables.
   *
   * @param incremental whether the client takes an answer in parts
   * @throws RequestRefused where it cannot be run
   */
  public Bound bind(
      PreparedOperation operation, Map<String, @Nullable Object> variables, boolean incremental) {
    if (!variables.isEmpty()) {
      DocumentLimits.checkLists(variables, settings.maxListSize());
    }
    CoercedVariables coerced = operation.coerce(api.schema(), variables);
    CompiledOperation form = operation.form(coerced, incremental);
    if (form == null) {
      form = compile(operation, coerced, incremental, settings);
      operation.keep(form, coerced, incremental);
      if (!trusted.containsKey(operation.key())) {
        prepared.put(
            operation.key(), operation); // once more where it is there already, as it weighs more
      }
    }
    return new Bound(form, coerced);
  }

  private CompiledOperation compile(
      PreparedOperation operation,
      CoercedVariables variables,
      boolean incremental,
      GraphqlSettings limits) {
    return new OperationCompiler(
            api, planning, limits, introspects, operation.fragments(), variables, incremental)
        .compile(operation.document(), operation.operation());
  }

  /**
   * Compiles an operation ahead, and keeps it for good.
   *
   * @param operation its name; null where the document has only one
   * @throws RequestRefused where it cannot be run
   */
  public TrustedOperation trust(String document, @Nullable String operation) {
    PreparedOperation ahead = prepareAnew(new OperationKey(document, operation));
    Cost cost = ahead.hasManyConditions()
        ? compile(ahead, ahead.everything(), false, unlimited()).cost()
        : Cost.NONE;
    for (CoercedVariables conditions : ahead.conditionValues()) {
      for (boolean incremental : settings.incremental() ? MODES : WHOLE) {
        CompiledOperation form = compile(ahead, conditions, incremental, settings);
        ahead.keep(form, conditions, incremental);
        cost = cost.or(form.cost());
      }
    }
    trusted.put(ahead.key(), ahead);
    String name = ahead.operation().getName();
    trusted.put(new OperationKey(document, name), ahead);
    if (operationsOf(ahead).size() == 1) {
      trusted.put(new OperationKey(document, null), ahead);
    }
    return new TrustedOperation(ahead.kind().label() + (name == null ? "" : " " + name), cost);
  }

  /** For figures of operations that nobody may be able to ask for. */
  private GraphqlSettings unlimited() {
    return settings.toBuilder()
        .maxRootFields(Integer.MAX_VALUE)
        .maxFields(Integer.MAX_VALUE)
        .maxCalls(Integer.MAX_VALUE)
        .maxRows(Integer.MAX_VALUE)
        .build();
  }

  private static List<OperationDefinition> operationsOf(PreparedOperation operation) {
    return operation.document().getDefinitionsOfType(OperationDefinition.class);
  }

  private PreparedOperation prepareAnew(OperationKey key) {
    Document document = parse(key.document());
    DocumentLimits.check(document, settings);
    validate(document);
    Map<String, FragmentDefinition> fragments = new HashMap<>();
    document
        .getDefinitionsOfType(FragmentDefinition.class)
        .forEach(fragment -> fragments.put(fragment.getName(), fragment));
    SubscriptionRule.check(document, fragments);
    List<GraphqlError> errors = IncrementalRules.check(document, fragments, settings.incremental());
    if (!errors.isEmpty()) {
      throw new RequestRefused(errors);
    }
    return new PreparedOperation(
        key, document, operation(document, key.operation()), fragments, conditions(document));
  }

  private Document parse(String text) {
    try {
      return Parser.parse(ParserEnvironment.newParserEnvironment()
          .document(text)
          .parserOptions(parsing)
          .locale(Locale.ENGLISH)
          .build());
    } catch (ParseCancelledException
        | ParseCancelledTooDeepException
        | ParseCancelledTooManyCharsException e) {
      throw new RequestRefused(
          ErrorCode.LIMIT_EXCEEDED,
          "The document has too many characters, tokens or levels (expected: at most "
              + settings.maxDocumentBytes() + " bytes and " + settings.maxTokens() + " tokens).");
    } catch (InvalidSyntaxException e) {
      throw new RequestRefused(List.of(GraphqlError.of(
              ErrorCode.GRAPHQL_PARSE_FAILED, "The document cannot be parsed: " + e.getMessage())
          .at(e.getLocation() == null ? List.of() : List.of(e.getLocation()))));
    }
  }

  private void validate(Document document) {
    List<ValidationError> errors;
    try {
      errors = new Validator()
          .validateDocument(
              api.schema(),
              document,
              // It fails on fragments; SubscriptionRule does it.
              rule -> rule != OperationValidationRule.SUBSCRIPTION_UNIQUE_ROOT_FIELD,
              Locale.ENGLISH,
              complexity);
    } catch (GoodFaithIntrospectionExceeded e) {
      throw introspects
          ? new RequestRefused(
              ErrorCode.LIMIT_EXCEEDED,
              "The operation asks too much of the schema (expected: __schema and __type once each, and no field of the schema deeper than"
                  + " tools ask).")
          : new RequestRefused(
              ErrorCode.INTROSPECTION_DISABLED, OperationCompiler.INTROSPECTION_IS_OFF);
    } catch (RuntimeException e) {
      // The validator has been seen to fail on documents that are not valid.
      LOG.debug("a document could not be validated", e);
      throw new RequestRefused(List.of(GraphqlError.of(ErrorCode.GRAPHQL_VALIDATION_FAILED)));
    }
    if (!errors.isEmpty()) {
      Suggestions suggestions = suggests ? new Suggestions(api.schema(), document) : null;
      throw new RequestRefused(errors.stream()
          .limit(MOST_ERRORS)
          .map(error -> error(error, suggestions))
          .toList());
    }
  }

  private static GraphqlError error(ValidationError error, @Nullable Suggestions suggestions) {
    boolean limit = error.getValidationErrorType() == ValidationErrorType.MaxQueryDepthExceeded
        || error.getValidationErrorType() == ValidationErrorType.MaxQueryFieldsExceeded;
    List<SourceLocation> locations = error.getLocations();
    return GraphqlError.of(
            limit ? ErrorCode.LIMIT_EXCEEDED : ErrorCode.GRAPHQL_VALIDATION_FAILED,
            error.getMessage() + (suggestions == null ? "" : suggestions.after(error)))
        .at(locations == null ? List.of() : locations);
  }

  private static OperationDefinition operation(Document document, @Nullable String name) {
    List<OperationDefinition> all = document.getDefinitionsOfType(OperationDefinition.class);
    if (name == null) {
      if (all.size() == 1) {
        return all.get(0);
      }
      throw new RequestRefused(
          ErrorCode.OPERATION_NOT_FOUND,
          all.isEmpty()
              ? "The document has no operation (expected: at least one)."
              : "The document has " + all.size()
                  + " operations (expected: operationName, to say which one is meant).");
    }
    for (OperationDefinition operation : all) {
      if (name.equals(operation.getName())) {
        return operation;
      }
    }
    throw new RequestRefused(
        ErrorCode.OPERATION_NOT_FOUND,
        "operationName: no operation of that name is in the document (expected: the name of one that is).");
  }

  /** The variables of all conditions. */
  private static List<String> conditions(Document document) {
    Set<String> names = new TreeSet<>();
    Deque<Node<?>> open = new ArrayDeque<>();
    open.push(document);
    while (!open.isEmpty()) {
      Node<?> node = open.pop();
      if (node instanceof Directive directive) {
        for (Argument argument : directive.getArguments()) {
          if (argument.getValue() instanceof VariableReference variable) {
            names.add(variable.getName());
          }
        }
      }
      for (Node<?> child : node.getChildren()) {
        open.push(child);
      }
    }
    return new ArrayList<>(names);
  }
}

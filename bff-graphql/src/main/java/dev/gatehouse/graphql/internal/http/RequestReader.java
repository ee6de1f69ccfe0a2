package dev.gatehouse.graphql.internal.http;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import dev.gatehouse.graphql.internal.answer.ErrorCode;
import dev.gatehouse.graphql.internal.answer.RequestRefused;
import io.netty.handler.codec.http.QueryStringDecoder;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads requests strictly: JSON in UTF-8 without duplicate members, and parameters given once. Immutable. */
public final class RequestReader {
  private static final int MOST_DEPTH = 64;
  private static final int MOST_NUMBER_LENGTH = 1_000;
  private static final int MOST_PARAMETERS = 100;
  private static final Pattern SHA256 = Pattern.compile("[0-9a-fA-F]{64}");
  private static final Set<String> PARAMETERS =
      Set.of("query", "documentId", "operationName", "variables", "extensions");

  private final ObjectReader json = new ObjectMapper(JsonFactory.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
          .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
          .streamReadConstraints(StreamReadConstraints.builder()
              .maxNestingDepth(MOST_DEPTH)
              .maxNumberLength(MOST_NUMBER_LENGTH)
              .maxStringLength(Integer.MAX_VALUE)
              .build())
          .build())
      .enable(
          DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS,
          DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
      .readerFor(Object.class);
  private final int maxDocumentBytes;
  private final int maxBatch;

  /**
   * @param maxBatch 1 for no batches
   */
  public RequestReader(int maxDocumentBytes, int maxBatch) {
    this.maxDocumentBytes = maxDocumentBytes;
    this.maxBatch = maxBatch;
  }

  /** What a body asks for. */
  public sealed interface Asked {}

  /** One operation. */
  public record One(GraphqlRequest request) implements Asked {}

  /** Several, answered as a list. */
  public record Batch(List<GraphqlRequest> requests) implements Asked {}

  /**
   * Reads a body.
   *
   * @throws RequestRefused where it is no GraphQL request
   */
  public Asked body(byte[] body) {
    Object value = parse(text(body), "The body");
    if (!(value instanceof List<?> list)) {
      return new One(request(value));
    }
    if (maxBatch == 1) {
      throw new RequestRefused(
          ErrorCode.BATCHING_DISABLED,
          "The body is an array (expected: one operation as an object; batches are off).");
    }
    if (list.isEmpty() || list.size() > maxBatch) {
      throw malformed("The body is an array of " + list.size() + " operations (expected: 1 to "
          + maxBatch + ").");
    }
    List<GraphqlRequest> requests = new ArrayList<>();
    list.forEach(each -> requests.add(request(each)));
    return new Batch(requests);
  }

  /**
   * Reads the parameters of a URI.
   *
   * @throws RequestRefused where they are no GraphQL request
   */
  public GraphqlRequest parameters(String uri) {
    Map<String, List<String>> given;
    try {
      given =
          new QueryStringDecoder(uri, StandardCharsets.UTF_8, true, MOST_PARAMETERS).parameters();
    } catch (IllegalArgumentException e) {
      throw malformed("The query string is malformed (expected: UTF-8, percent-encoded).");
    }
    Map<String, @Nullable Object> request = new HashMap<>();
    given.forEach((name, values) -> {
      if (PARAMETERS.contains(name)) {
        if (values.size() > 1) {
          throw malformed(name + ": given " + values.size() + " times (expected: once).");
        }
        String value = values.get(0);
        boolean isJson = name.equals("variables") || name.equals("extensions");
        request.put(name, isJson && !value.isEmpty() ? parse(value, name) : value);
      }
    });
    if ("".equals(request.get("operationName"))) {
      request.remove("operationName");
    }
    if ("".equals(request.get("variables"))) {
      request.remove("variables");
    }
    if ("".equals(request.get("extensions"))) {
      request.remove("extensions");
    }
    return request(request);
  }

  /**
   * A JSON value, as {@link #request} takes it.
   *
   * @throws RequestRefused where it is no JSON, or not in UTF-8
   */
  public @Nullable Object json(byte[] body) {
    return parse(text(body), "The message");
  }

  /**
   * Takes a JSON value for a request.
   *
   * @throws RequestRefused where it is none
   */
  public GraphqlRequest request(@Nullable Object value) {
    if (!(value instanceof Map<?, ?> members)) {
      throw malformed("The request is no object (expected: {\"query\": …}).");
    }
    Object operation = members.get("operationName");
    if (operation != null && !(operation instanceof String)) {
      throw malformed("operationName: no text (expected: the name of an operation, or none).");
    }
    Object variables = members.get("variables");
    if (variables != null && !(variables instanceof Map)) {
      throw malformed("variables: no object (expected: one, or none).");
    }
    Object extensions = members.get("extensions");
    if (extensions != null && !(extensions instanceof Map)) {
      throw malformed("extensions: no object (expected: one, or none).");
    }
    String documentId = text(members, "documentId", "the id of a trusted document, or none");
    String sha256 = hash((Map<?, ?>) extensions);
    String query = query(members.get("query"), documentId != null || sha256 != null);
    if (query != null && documentId != null) {
      throw malformed("query and documentId: both given (expected: one of them).");
    }
    return new GraphqlRequest(
        query,
        documentId,
        sha256,
        (String) operation,
        named((Map<?, ?>) variables),
        extensions != null && Boolean.TRUE.equals(((Map<?, ?>) extensions).get("explain")));
  }

  private @Nullable String query(@Nullable Object given, boolean named) {
    if (named && (given == null || "".equals(given))) {
      return null;
    }
    if (!(given instanceof String query) || query.isBlank()) {
      throw malformed("query: missing, or no text (expected: a GraphQL document).");
    }
    if (isLong(query)) {
      throw new RequestRefused(
          ErrorCode.LIMIT_EXCEEDED,
          "The document is too large (expected: at most " + maxDocumentBytes + " bytes).");
    }
    return query;
  }

  private static @Nullable String text(Map<?, ?> members, String name, String expected) {
    Object given = members.get(name);
    if (given == null || given instanceof String text && !text.isBlank()) {
      return (String) given;
    }
    throw malformed(name + ": empty, or no text (expected: " + expected + ").");
  }

  /** The hash of Apollo's protocol for automatic persisted queries. */
  private static @Nullable String hash(@Nullable Map<?, ?> extensions) {
    Object persisted = extensions == null ? null : extensions.get("persistedQuery");
    if (persisted == null) {
      return null;
    }
    if (persisted instanceof Map<?, ?> members
        && Integer.valueOf(1).equals(members.get("version"))
        && members.get("sha256Hash") instanceof String hash
        && SHA256.matcher(hash).matches()) {
      return hash.toLowerCase(Locale.ROOT);
    }
    throw malformed("extensions.persistedQuery: of another version, or without a hash"
        + " (expected: {\"version\": 1, \"sha256Hash\": …} with 64 hexadecimal digits).");
  }

  private boolean isLong(String document) {
    return document.length() > maxDocumentBytes
        || document.length() * 3L > maxDocumentBytes
            && document.getBytes(StandardCharsets.UTF_8).length > maxDocumentBytes;
  }

  private static Map<String, @Nullable Object> named(@Nullable Map<?, ?> variables) {
    if (variables == null || variables.isEmpty()) {
      return Map.of();
    }
    Map<String, @Nullable Object> named = new HashMap<>();
    variables.forEach((name, value) -> named.put(String.valueOf(name), value));
    return named;
  }

  private static String text(byte[] body) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(body)).toString();
    } catch (CharacterCodingException e) {
      throw malformed("The body has bytes that are no UTF-8 (expected: JSON in UTF-8).");
    }
  }

  private @Nullable Object parse(String text, String what) {
    if (text.isBlank()) {
      throw malformed(what + ": empty (expected: JSON).");
    }
    try {
      return json.readValue(text);
    } catch (StreamConstraintsException e) {
      throw malformed(what + ": JSON nested more than " + MOST_DEPTH
          + " deep, or a number of more than " + MOST_NUMBER_LENGTH
          + " characters (expected: less).");
    } catch (JsonProcessingException e) {
      throw malformed(what + ": no JSON at line " + e.getLocation().getLineNr() + ", column "
          + e.getLocation().getColumnNr() + " (expected: JSON without duplicate members).");
    }
  }

  private static RequestRefused malformed(String message) {
    return new RequestRefused(ErrorCode.MALFORMED_REQUEST, message);
  }
}

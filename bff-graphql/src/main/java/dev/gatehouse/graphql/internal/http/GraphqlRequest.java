package dev.gatehouse.graphql.internal.http;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One operation asked for.
 *
 * @param query the document
 * @param operationName null where the document has only one
 * @param variables as JSON has them
 */
public record GraphqlRequest(
    String query, @Nullable String operationName, Map<String, @Nullable Object> variables) {}

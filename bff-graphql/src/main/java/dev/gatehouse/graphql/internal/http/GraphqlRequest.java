package dev.gatehouse.graphql.internal.http;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One operation asked for. Its document is sent, or named by one of the others, or both sent and named by its hash.
 *
 * @param query the document; null where it is not sent
 * @param documentId of a trusted document; null where none is named
 * @param sha256 the hash of an automatic persisted query, in lower case; null where none is named
 * @param operationName null where the document has only one
 * @param variables as JSON has them
 * @param explain whether the answer is to tell what was done for it
 */
public record GraphqlRequest(
    @Nullable String query,
    @Nullable String documentId,
    @Nullable String sha256,
    @Nullable String operationName,
    Map<String, @Nullable Object> variables,
    boolean explain) {}

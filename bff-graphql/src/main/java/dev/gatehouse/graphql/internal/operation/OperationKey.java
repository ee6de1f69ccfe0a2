package dev.gatehouse.graphql.internal.operation;

import org.jspecify.annotations.Nullable;

/**
 * What an operation is found by.
 *
 * @param document its text
 * @param operation its name; null where the document has only one
 */
record OperationKey(String document, @Nullable String operation) {}

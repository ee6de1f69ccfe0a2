package dev.gatehouse.graphql.internal.schema;

import dev.gatehouse.dsl.finding.Code;

/**
 * Why contracts make no GraphQL schema.
 *
 * @param root which root field it was found at, by its position
 * @param message what was found, what was expected and the mend
 */
public record SchemaProblem(int root, Code code, String message) {}

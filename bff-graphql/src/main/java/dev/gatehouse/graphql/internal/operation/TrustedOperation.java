package dev.gatehouse.graphql.internal.operation;

/**
 * An operation of a trusted document, compiled ahead.
 *
 * @param label such as {@code query ProductPage}
 * @param cost the most, whatever its conditions are
 */
public record TrustedOperation(String label, Cost cost) {}

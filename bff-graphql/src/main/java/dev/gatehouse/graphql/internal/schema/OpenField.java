package dev.gatehouse.graphql.internal.schema;

import dev.gatehouse.dsl.contract.DataType;
import org.jspecify.annotations.Nullable;

/**
 * A root field of a schema. Immutable.
 *
 * @param index its position among the door's fields
 * @param output what it answers; null for nothing, which the schema shows as {@code Boolean}
 * @param input how its arguments become the composite's input
 */
public record OpenField(int index, RootField root, @Nullable DataType output, RootInput input) {}

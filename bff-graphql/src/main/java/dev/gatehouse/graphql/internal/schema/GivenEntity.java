package dev.gatehouse.graphql.internal.schema;

import dev.gatehouse.dsl.Composite;
import org.jspecify.annotations.Nullable;

/**
 * How a subgraph finds objects that other subgraphs know by a key. Immutable.
 *
 * @param byKey sound
 * @param key the fields of the key; null for what the composite takes
 */
public record GivenEntity(Composite<?, ?> byKey, @Nullable String key) {}

package dev.gatehouse.graphql.internal.operation;

import dev.gatehouse.graphql.internal.schema.OpenEntity;
import dev.gatehouse.runtime.plan.Selection;

/**
 * What is selected of a type of a subgraph. Immutable.
 *
 * @param arguments the values of the arguments of the fields below
 */
record SelectedEntity(OpenEntity entity, Selection selection, BoundInput arguments) {}

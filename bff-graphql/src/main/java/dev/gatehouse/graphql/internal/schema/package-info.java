/**
 * From contracts to a GraphQL schema: types, inputs, arguments and scalars; its text; and what changed since its contract was pinned.
 *
 * <p>Internal to the GraphQL door.
 */
@NullMarked
package dev.gatehouse.graphql.internal.schema;

import org.jspecify.annotations.NullMarked;

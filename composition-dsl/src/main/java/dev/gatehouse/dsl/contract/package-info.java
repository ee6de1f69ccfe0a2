/**
 * What data looks like: the types that contract records describe, as plain immutable values.
 *
 * <p>Derived once from Java records by {@link dev.gatehouse.dsl.contract.Contracts}; read by the planner, the doors and the
 * schema printers. Knows nothing of graphs, servers or GraphQL.
 */
@NullMarked
package dev.gatehouse.dsl.contract;

import org.jspecify.annotations.NullMarked;

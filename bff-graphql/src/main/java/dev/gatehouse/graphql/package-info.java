/**
 * The GraphQL door: {@link dev.gatehouse.graphql.GraphqlDoor} describes queries and mutations over composites, and what is found on
 * the class path serves them.
 *
 * <p>For authors of BFFs. Everything below {@code internal} may change in any release.
 */
@NullMarked
package dev.gatehouse.graphql;

import org.jspecify.annotations.NullMarked;

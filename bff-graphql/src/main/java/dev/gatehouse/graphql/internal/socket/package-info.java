/**
 * The protocol {@code graphql-transport-ws}: its messages and the codes with which sockets are closed.
 *
 * <p>Internal to the GraphQL door.
 */
@NullMarked
package dev.gatehouse.graphql.internal.socket;

import org.jspecify.annotations.NullMarked;

package dev.gatehouse.rest.internal.routing;

import org.jspecify.annotations.Nullable;

/**
 * What a path leads to.
 *
 * @param resource null where the path is malformed, so that nobody can say where it leads
 * @param variables the decoded values of the template's variables, in order; may be longer than their number
 */
public record Match<R>(
    @Nullable Resource<R> resource, @Nullable String[] variables) {}

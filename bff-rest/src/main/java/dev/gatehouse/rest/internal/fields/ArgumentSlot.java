package dev.gatehouse.rest.internal.fields;

import dev.gatehouse.dsl.graph.Node.ArgumentSpec;

/**
 * An argument that a request may give.
 *
 * @param parameter the query parameter that gives it: the field's path and the argument's name, such as {@code reviews.first}
 * @param slot where its value goes
 */
public record ArgumentSlot(String parameter, int slot, ArgumentSpec spec) {}

/**
 * The shop's microservices: what a storefront's BFFs call. Each service is one verticle on a port of its own, plain
 * Vert.x, and knows nothing of Gatehouse. {@code DemoServices} starts them inside a JVM, {@code Main} as a process.
 *
 * <p>The BFFs reach them over HTTP only; tests and launchers may use {@code DemoServices}.
 */
@NullMarked
package dev.gatehouse.examples.storefront.services;

import org.jspecify.annotations.NullMarked;

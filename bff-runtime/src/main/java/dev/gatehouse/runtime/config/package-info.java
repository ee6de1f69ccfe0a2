/**
 * The configuration: one typed tree, read from a YAML file, the environment and system properties; every value knows its origin.
 *
 * <p>Used by everything that starts; depends on nothing else in the runtime.
 */
@NullMarked
package dev.gatehouse.runtime.config;

import org.jspecify.annotations.NullMarked;

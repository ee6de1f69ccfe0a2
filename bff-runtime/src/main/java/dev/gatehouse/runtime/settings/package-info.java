/**
 * The whole configuration as one typed tree, read from a YAML file, the environment, system properties and the command line;
 * every value knows its origin. {@code docs/configuration.md} lists every key.
 *
 * <p>Each key is declared once, as a {@code Setting} in one of the {@code …Keys} classes: reading, checking, printing and the
 * documentation follow from that. Used by what starts and deploys BFFs; depends on the records it fills.
 */
@NullMarked
package dev.gatehouse.runtime.settings;

import org.jspecify.annotations.NullMarked;

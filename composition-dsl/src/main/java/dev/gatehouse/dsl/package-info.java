/**
 * The language in which BFFs are written: services and their operations, composites of them, access rules, doors, BFFs.
 *
 * <p>This is what a BFF's author imports, with the annotations in {@link dev.gatehouse.dsl.contract}. All types are immutable and
 * safe to share between threads; values ({@link dev.gatehouse.dsl.Value}) mean something only inside the composite that is being
 * defined.
 */
@NullMarked
package dev.gatehouse.dsl;

import org.jspecify.annotations.NullMarked;

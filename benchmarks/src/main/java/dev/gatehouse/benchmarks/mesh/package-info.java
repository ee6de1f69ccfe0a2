/** What the mesh client costs: a call, a choice, and keeping up with instances that come and go. */
@NullMarked
package dev.gatehouse.benchmarks.mesh;

import org.jspecify.annotations.NullMarked;

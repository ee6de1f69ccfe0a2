/** Values that change while they are in use. Used by whatever follows configuration, registries or a control plane. */
@NullMarked
package dev.gatehouse.runtime.live;

import org.jspecify.annotations.NullMarked;

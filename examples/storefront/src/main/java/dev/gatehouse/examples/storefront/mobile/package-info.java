/** The BFF of the shop's app: the same services, less of everything. */
@NullMarked
package dev.gatehouse.examples.storefront.mobile;

import org.jspecify.annotations.NullMarked;

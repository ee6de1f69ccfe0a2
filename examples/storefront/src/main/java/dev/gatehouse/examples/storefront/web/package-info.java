/** The BFF of the shop's website. */
@NullMarked
package dev.gatehouse.examples.storefront.web;

import org.jspecify.annotations.NullMarked;

/** The shop's services as both frontends call them: what they answer, and how they are asked. */
@NullMarked
package dev.gatehouse.examples.storefront.shop;

import org.jspecify.annotations.NullMarked;

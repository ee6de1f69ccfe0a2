package dev.gatehouse.examples.storefront;

import dev.gatehouse.examples.storefront.mobile.StorefrontMobile;
import dev.gatehouse.examples.storefront.web.StorefrontWeb;
import dev.gatehouse.runtime.launch.Gatehouse;

/** Runs both of the shop's BFFs in one process. The services run in another: {@code services.Main}. */
public final class Storefront {

  private Storefront() {}

  public static void main(String[] args) {
    Gatehouse.run(args, StorefrontWeb.BFF, StorefrontMobile.BFF);
  }
}

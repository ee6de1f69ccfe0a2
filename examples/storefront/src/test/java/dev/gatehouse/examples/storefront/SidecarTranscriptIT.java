package dev.gatehouse.examples.storefront;

import org.junit.jupiter.api.Assumptions;

/** With a proxy between the BFFs and the services, in the place of a mesh's sidecar. */
class SidecarTranscriptIT extends Transcript {
  @Override
  RunningStorefront start() throws Exception {
    Assumptions.assumeTrue(
        Sidecar.isInstalled(), "SKIPPED: no haproxy on this machine (apt-get install haproxy)");
    return RunningStorefront.startBehindSidecar();
  }
}

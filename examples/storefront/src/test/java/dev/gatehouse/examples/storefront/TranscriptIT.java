package dev.gatehouse.examples.storefront;

/** With the BFFs calling the services themselves. */
class TranscriptIT extends Transcript {
  @Override
  RunningStorefront start() throws Exception {
    return RunningStorefront.start();
  }
}

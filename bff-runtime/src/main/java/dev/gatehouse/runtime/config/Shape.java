package dev.gatehouse.runtime.config;

/** Who carries calls to a service: finds its instances, chooses among them, retries, encrypts. */
public enum Shape {
  /** The BFF's own mesh client. */
  DIRECT,
  /** A proxy beside the BFF; the mesh client leaves to it all that the proxy does. */
  SIDECAR
}

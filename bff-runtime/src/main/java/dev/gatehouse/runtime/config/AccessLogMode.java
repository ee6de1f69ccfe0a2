package dev.gatehouse.runtime.config;

/** Which requests the access log tells of. */
public enum AccessLogMode {
  /** Every one. */
  ALL,
  /** Those that were answered with 5xx, or with a part lost. */
  PROBLEMS,
  /** None. */
  OFF
}

package dev.gatehouse.benchmarks.workload;

/** How a contestant is asked, where a job can be asked for in several ways. */
public enum Protocol {
  /** {@code GET} with all in the URI. */
  REST,
  /** {@code POST /graphql} with a document and variables. */
  GRAPHQL
}

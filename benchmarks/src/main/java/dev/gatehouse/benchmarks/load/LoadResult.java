package dev.gatehouse.benchmarks.load;

/**
 * What one round of load saw.
 *
 * @param answers how many responses came, whatever their status
 * @param notOk those that were not 200
 * @param broken connections that broke with a request under way
 * @param degraded pages without recommendations, extrapolated from a sample
 * @param unsent requests that were due but not sent, at a fixed rate
 * @param seconds from the first request to the last response
 * @param p50Nanos half of the responses took no longer
 * @param p99Nanos 99 % of the responses took no longer
 */
public record LoadResult(
    long answers,
    long notOk,
    long broken,
    long degraded,
    long unsent,
    double seconds,
    long p50Nanos,
    long p99Nanos) {

  /** Answers per second. */
  public double throughput() {
    return seconds > 0 ? answers / seconds : 0;
  }

  /** Whatever was not as it should be. */
  public long errors() {
    return notOk + broken + degraded + unsent;
  }
}

package dev.gatehouse.runtime.engine;

/**
 * How columns, links and writers encode a value in a number: a range of bytes or rows (not negative), absence, or the number of a
 * failure. One encoding serves all, so that a state is passed on by copying it.
 */
final class State {
  /** Written, or there. */
  static final int OK = 0;

  /** Not there, and nothing went wrong. */
  static final int ABSENT = -1;

  private static final int FIRST_FAILURE = -2;

  private State() {}

  static long range(int from, int to) {
    return (long) from << 32 | to;
  }

  static int from(long range) {
    return (int) (range >>> 32);
  }

  static int to(long range) {
    return (int) range;
  }

  static int failed(int failure) {
    return FIRST_FAILURE - failure;
  }

  static boolean isFailed(long state) {
    return state <= FIRST_FAILURE;
  }

  static int failure(long state) {
    return (int) (FIRST_FAILURE - state);
  }
}

package dev.gatehouse.runtime.plan;

/**
 * One of the two parts of a streamed list.
 *
 * @param count how many elements the first part has
 */
record Half(boolean tail, int count) {

  /** How many elements before its own a list has. */
  int skip() {
    return tail ? count : 0;
  }

  /** The most elements of its own that a list has. */
  int most() {
    return tail ? Integer.MAX_VALUE : count;
  }

  /** The most elements that it has of a list of so many. */
  int of(int atMost) {
    if (atMost == Integer.MAX_VALUE) {
      return most();
    }
    return tail ? Math.max(0, atMost - count) : Math.min(atMost, count);
  }
}

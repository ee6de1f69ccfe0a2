package dev.gatehouse.benchmarks.spliced;

/**
 * What a service answered.
 *
 * @param status its status; 0 where it did not answer
 * @param body its body; empty where there is none
 */
record Reply(int status, byte[] body) {
  static final byte[] NO_BYTES = {};
  static final Reply NONE = new Reply(0, NO_BYTES);
  static final Reply EMPTY_LIST = new Reply(200, JsonBytes.of("[]"));

  private static final int OK = 200;
  private static final int NOT_FOUND = 404;

  boolean isOk() {
    return status == OK;
  }

  boolean isNotFound() {
    return status == NOT_FOUND;
  }
}

package dev.gatehouse.runtime.json;

/** The text is not JSON (RFC 8259), or deeper than is read. Carries no stack trace: it tells about data, not about code. */
public final class MalformedJsonException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int offset;

  /**
   * @param offset of the byte that does not fit, counted from 0 at the start of the value's text
   */
  public MalformedJsonException(String message, int offset) {
    super(message + " at byte " + offset, null, false, false);
    this.offset = offset;
  }

  /** The offset of the byte that does not fit, counted from 0. */
  public int offset() {
    return offset;
  }
}

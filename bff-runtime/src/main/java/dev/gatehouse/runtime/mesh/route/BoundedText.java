package dev.gatehouse.runtime.mesh.route;

import java.util.regex.Pattern;

/**
 * A text that lets a regular expression look at so many characters and no more: some expressions would look at one text for years
 * (catastrophic backtracking), and the text comes from outside.
 */
final class BoundedText implements CharSequence {
  private static final int LONGEST = 1024;
  private static final int LOOKS_PER_CHARACTER = 64;
  private static final int LEAST_LOOKS = 4096;

  private final String text;
  private int looks;

  private BoundedText(String text) {
    this.text = text;
    this.looks = LEAST_LOOKS + LOOKS_PER_CHARACTER * text.length();
  }

  /** Whether a pattern fits all of a text; a text that is too long, or takes too long, it does not fit. */
  static boolean matches(Pattern pattern, String text) {
    if (text.length() > LONGEST) {
      return false;
    }
    try {
      return pattern.matcher(new BoundedText(text)).matches();
    } catch (Exhausted e) {
      return false;
    }
  }

  @Override
  public char charAt(int index) {
    if (looks-- == 0) {
      throw Exhausted.INSTANCE;
    }
    return text.charAt(index);
  }

  @Override
  public int length() {
    return text.length();
  }

  @Override
  public CharSequence subSequence(int start, int end) {
    return text.subSequence(start, end);
  }

  @Override
  public String toString() {
    return text;
  }

  private static final class Exhausted extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private static final Exhausted INSTANCE = new Exhausted();

    private Exhausted() {
      super(null, null, false, false);
    }
  }
}

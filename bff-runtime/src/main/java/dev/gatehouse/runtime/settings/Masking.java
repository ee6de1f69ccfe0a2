package dev.gatehouse.runtime.settings;

import java.util.regex.Pattern;

/** Keeps secrets out of messages. */
final class Masking {
  static final String MASK = "***";
  private static final Pattern USER = Pattern.compile("(?<=://)[^/@\\s,]+(?=@)");

  private Masking() {}

  /** The text, with the user and password of every URL in it masked. */
  static String mask(String text) {
    return text.contains("@") ? USER.matcher(text).replaceAll(MASK) : text;
  }
}

package dev.gatehouse.dsl.uri;

/** Percent-encoding after RFC 3986, section 2.1, of text as UTF-8. */
final class PercentEncoding {
  private static final String HEX = "0123456789ABCDEF";
  private static final boolean[] UNRESERVED = set("-._~");
  private static final boolean[] ALLOWED = set("-._~:/?#[]@!$&'()*+,;=");

  private PercentEncoding() {}

  private static boolean[] set(String marks) {
    boolean[] set = new boolean[128];
    for (char c = 0; c < 128; c++) {
      set[c] = c >= 'a' && c <= 'z'
          || c >= 'A' && c <= 'Z'
          || c >= '0' && c <= '9'
          || marks.indexOf(c) >= 0;
    }
    return set;
  }

  /** Encodes everything but unreserved characters. */
  static void unreserved(CharSequence text, StringBuilder out) {
    encode(text, UNRESERVED, false, out);
  }

  /** Leaves reserved characters and what is encoded already as they are. */
  static void reserved(CharSequence text, StringBuilder out) {
    encode(text, ALLOWED, true, out);
  }

  private static void encode(
      CharSequence text, boolean[] allowed, boolean keepEncoded, StringBuilder out) {
    int length = text.length();
    for (int i = 0; i < length; ) {
      char c = text.charAt(i);
      if (c < 128 && allowed[c] || keepEncoded && c == '%' && isEncoded(text, i)) {
        out.append(c);
        i++;
      } else {
        int codePoint = Character.codePointAt(text, i);
        utf8(codePoint, out);
        i += Character.charCount(codePoint);
      }
    }
  }

  private static boolean isEncoded(CharSequence text, int at) {
    return at + 2 < text.length()
        && Character.digit(text.charAt(at + 1), 16) >= 0
        && Character.digit(text.charAt(at + 2), 16) >= 0;
  }

  private static void utf8(int codePoint, StringBuilder out) {
    if (codePoint < 0x80) {
      octet(codePoint, out);
    } else if (codePoint < 0x800) {
      octet(0xC0 | codePoint >> 6, out);
      octet(0x80 | codePoint & 0x3F, out);
    } else if (codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE) {
      utf8(0xFFFD, out);
    } else if (codePoint < 0x10000) {
      octet(0xE0 | codePoint >> 12, out);
      octet(0x80 | codePoint >> 6 & 0x3F, out);
      octet(0x80 | codePoint & 0x3F, out);
    } else {
      octet(0xF0 | codePoint >> 18, out);
      octet(0x80 | codePoint >> 12 & 0x3F, out);
      octet(0x80 | codePoint >> 6 & 0x3F, out);
      octet(0x80 | codePoint & 0x3F, out);
    }
  }

  private static void octet(int octet, StringBuilder out) {
    out.append('%').append(HEX.charAt(octet >> 4)).append(HEX.charAt(octet & 0xF));
  }
}

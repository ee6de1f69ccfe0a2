package dev.gatehouse.runtime.json;

import java.nio.charset.StandardCharsets;

/** The text of JSON scalars. All input was checked by a {@link JsonScanner} before. */
public final class JsonText {

  private JsonText() {}

  /**
   * The text of a scalar: of a string what it says, of anything else its JSON text as it stands.
   *
   * @param from where the value begins; a string at its opening quote
   * @param to where it ends, exclusive
   */
  public static String of(byte[] json, int from, int to) {
    if (json[from] != '"') {
      return new String(json, from, to - from, StandardCharsets.ISO_8859_1);
    }
    return unescape(json, from + 1, to - 1);
  }

  /** What the inside of a string says. */
  public static String unescape(byte[] json, int from, int to) {
    int slash = indexOfSlash(json, from, to);
    if (slash < 0) {
      return new String(json, from, to - from, StandardCharsets.UTF_8);
    }
    StringBuilder text = new StringBuilder(to - from);
    int at = from;
    while (slash >= 0) {
      text.append(new String(json, at, slash - at, StandardCharsets.UTF_8));
      byte c = json[slash + 1];
      at = slash + 2;
      switch (c) {
        case 'b' -> text.append('\b');
        case 'f' -> text.append('\f');
        case 'n' -> text.append('\n');
        case 'r' -> text.append('\r');
        case 't' -> text.append('\t');
        case 'u' -> {
          int code = 0;
          for (int i = 0; i < 4; i++) {
            code = code << 4 | Character.digit(json[at + i], 16);
          }
          text.append((char) code);
          at += 4;
        }
        default -> text.append((char) c);
      }
      slash = indexOfSlash(json, at, to);
    }
    return text.append(new String(json, at, to - at, StandardCharsets.UTF_8)).toString();
  }

  private static int indexOfSlash(byte[] json, int from, int to) {
    for (int i = from; i < to; i++) {
      if (json[i] == '\\') {
        return i;
      }
    }
    return -1;
  }
}
